-- one row: how many were said of why the customer $customer_id left, also under a contact of theirs, and are said no more
delete from given_reasons
where
    customer_id = $customer_id
    or customer_id in (select contact from aliases where aliases.customer_id = $customer_id);

-- one row: how many were said of why the customer $customer_id left, and are said no more
delete from given_reasons
where customer_id = $customer_id;

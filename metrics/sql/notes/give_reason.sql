-- one row: why the customer $customer_id left
insert into given_reasons
select
    $customer_id as customer_id,
    $named as named,
    $confirmed as confirmed,
    $fault as fault,
    $now::timestamp as given_at;

-- one row per e-mail that stands beside customer numbers: the number last seen with it, and how many there are
create or replace temp table email_owners as
select
    email_keys.customer_id as key,
    arg_max(customer_keys.customer_id, (staged.order_at, staged.row_no)) as customer_id,
    count(distinct customer_keys.customer_id) as n_customers
from staged
inner join customer_keys on staged.customer_id = customer_keys.written
inner join email_keys on staged.email = email_keys.written
where customer_keys.customer_id is not null and email_keys.customer_id is not null
group by email_keys.customer_id

-- one row per phone that stands beside a customer number or an e-mail: the customer last seen with it
create or replace temp table phone_owners as
with known as (
    select
        phone_keys.customer_id as key,
        coalesce(customer_keys.customer_id, email_owners.customer_id, email_keys.customer_id) as customer_id,
        staged.order_at,
        staged.row_no
    from staged
    inner join phone_keys on staged.phone = phone_keys.written
    left join customer_keys on staged.customer_id = customer_keys.written
    left join email_keys on staged.email = email_keys.written
    left join email_owners on email_keys.customer_id = email_owners.key
    where phone_keys.customer_id is not null
)

select key, arg_max(customer_id, (order_at, row_no)) as customer_id
from known
where customer_id is not null
group by key

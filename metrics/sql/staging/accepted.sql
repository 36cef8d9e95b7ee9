-- one row per row of the file that has a customer, a date and an amount; kept-out ones carry a status that does not count
create or replace view accepted as
select
    staged.* exclude (customer_id),
    customer_keys.customer_id,
    kept_out.status is not null as is_kept_out
from staged
inner join customer_keys on staged.customer_id = customer_keys.written
left join kept_out on staged.status = kept_out.status
where
    customer_keys.customer_id is not null
    and staged.order_at is not null
    and staged.amount is not null

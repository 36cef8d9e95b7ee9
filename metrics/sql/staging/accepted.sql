-- one row per row of the file that has a customer, a date and an amount, or a status (or column) that keeps it out
create or replace view accepted as
select
    keyed.* exclude (customer_id, customer_key),
    keyed.customer_key as customer_id,
    kept_out.is_there is not null or keyed.is_void as is_kept_out
from keyed
left join (select status, more_status, true as is_there from kept_out) as kept_out
    on keyed.status is not distinct from kept_out.status and keyed.more_status is not distinct from kept_out.more_status
where
    (keyed.customer_key is not null and keyed.order_at is not null and keyed.amount is not null)
    -- A cancelled order that was never paid has no day of payment: that is no fault of the row.
    or kept_out.is_there is not null
    or keyed.is_void

-- one row per counted order up to $as_of: its customer, day, order number and the customer's next order day
-- Days are counted from 1970-01-01. Several orders on a day share the order number; only the last of them carries a
-- next day that is later, the others point at their own day and are no gap. `last_day` is the customer's last.
-- Read a few times and made anew with each change: compressing it would cost more than it saves.
create or replace table steps (
    customer ubigint using compression uncompressed,
    day integer using compression uncompressed,
    order_number integer using compression uncompressed,
    next_day integer using compression uncompressed,
    last_day integer using compression uncompressed,
    amount decimal(18, 4) using compression uncompressed
);

insert into steps
with counted as (
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        amount
    from current_orders
    where
        not is_refund
        and (amount > 0 or $count_zero_orders)
        and cast(order_at as date) <= $as_of
)

select
    customer,
    day,
    dense_rank() over same_customer as order_number,
    lead(day) over same_customer as next_day,
    max(day) over (partition by customer) as last_day,
    amount
from counted
window same_customer as (partition by customer order by day);

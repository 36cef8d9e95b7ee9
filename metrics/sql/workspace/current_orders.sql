-- the orders that count as loaded, where files overlap: one row per order or refund, the latest file's version
-- An order id is replaced as a whole (orders and refunds apart, so that a file of refunds alone keeps their orders).
-- Without an order id equal rows (customer, time, amount) are matched one to one: the same file again adds nothing.
create table current_orders as
with numbered as (
    select
        batch_id, order_id, customer_id, order_at, amount, is_refund, n_lines, cost, category, channel, manager, region,
        case
            when order_id is null
                then row_number() over (partition by batch_id, order_id, customer_id, order_at, amount)
        end as copy
    from orders
),

versions as (
    select
        *,
        case
            when order_id is null
                then max(batch_id) over (partition by order_id, customer_id, order_at, amount, copy)
            else max(batch_id) over (partition by order_id, is_refund)
        end as latest_batch
    from numbered
)

select batch_id, order_id, customer_id, order_at, amount, is_refund, n_lines, cost, category, channel, manager, region
from versions
where batch_id = latest_batch;

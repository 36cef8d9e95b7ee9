-- the orders that count as loaded, where files overlap: one row per order or refund, the latest file's version
-- An order id is replaced as a whole (orders and refunds apart, so that a file of refunds alone keeps their orders),
-- also by a file that says that it was cancelled or paid back.
-- Without an order id equal rows (customer, time, amount) are matched one to one: the same file again adds nothing.
create table resolved_orders as
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
),

latest_void as (
    select order_id, max(batch_id) as batch_id
    from voided
    group by order_id
)

select
    versions.batch_id, versions.order_id, versions.customer_id, versions.order_at, versions.amount,
    versions.is_refund, versions.n_lines, versions.cost, versions.category, versions.channel, versions.manager,
    versions.region
from versions
left join latest_void on versions.order_id = latest_void.order_id
where versions.batch_id = versions.latest_batch and versions.batch_id >= coalesce(latest_void.batch_id, 0);

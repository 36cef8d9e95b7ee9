-- one row per day with an order or a refund up to $as_of: counted orders, first orders, money in and money back
create or replace table day_totals as
with bought as (
    select
        day,
        count(*) as orders,
        sum(amount) as gross
    from steps
    group by day
),

started as (
    select first_day as day, count(*) as first_orders
    from customers
    group by first_day
),

refunded as (
    select
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        -sum(amount) as refunds
    from current_orders
    where is_refund and cast(order_at as date) <= $as_of
    group by cast(cast(order_at as date) - date '1970-01-01' as integer)
)

select
    coalesce(bought.day, refunded.day) as day,
    coalesce(bought.orders, 0) as orders,
    coalesce(started.first_orders, 0) as first_orders,
    cast(coalesce(bought.gross, 0) as decimal(38, 4)) as gross,
    cast(coalesce(refunded.refunds, 0) as decimal(38, 4)) as refunds
from bought
left join started on bought.day = started.day
full outer join refunded on bought.day = refunded.day;

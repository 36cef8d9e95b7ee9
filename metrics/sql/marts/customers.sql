-- one row per customer with a counted order up to $as_of: first and last day, orders, money, yearly value
-- Yearly value: orders of the 365 days that end with the last order day, less refunds dated after their start.
create or replace table customers as
with bought as (
    select
        customer,
        min(day) as first_day,
        max(day) as last_day,
        max(order_number) as order_days,
        count(*) as orders,
        sum(amount) as gross,
        sum(amount) filter (where day > last_day - 365) as gross_of_year
    from steps
    group by customer
),

refunds as (
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        -amount as amount
    from current_orders
    where is_refund and cast(order_at as date) <= $as_of
),

refunded as (
    select
        bought.customer,
        sum(refunds.amount) as refunds,
        coalesce(sum(refunds.amount) filter (where refunds.day > bought.last_day - 365), 0) as refunds_of_year
    from refunds
    inner join bought on refunds.customer = bought.customer
    group by bought.customer
)

select
    bought.customer,
    bought.first_day,
    bought.last_day,
    cast(bought.order_days as integer) as order_days,
    cast(bought.orders as integer) as orders,
    cast(bought.gross as decimal(38, 4)) as gross,
    cast(coalesce(refunded.refunds, 0) as decimal(38, 4)) as refunds,
    cast(greatest(bought.gross_of_year - coalesce(refunded.refunds_of_year, 0), 0) as decimal(38, 4)) as yearly_value
from bought
left join refunded on bought.customer = refunded.customer;

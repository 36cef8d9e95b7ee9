-- one row per month of the first order and month of an order or refund: money in, less money back
with money as (
    select customer, day, amount
    from steps
    union all
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        amount
    from current_orders
    where is_refund and cast(order_at as date) <= $as_of
)

select
    date_trunc('month', date '1970-01-01' + customers.first_day)::date as cohort,
    date_trunc('month', date '1970-01-01' + money.day)::date as month,
    cast(sum(money.amount) as decimal(18, 4)) as net
from money
inner join customers on money.customer = customers.customer
group by all
order by all;

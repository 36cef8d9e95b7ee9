-- one row per calendar month: what came in, less refunds, within $days days of a return day on or after $from_day, from
-- customers who had been lost for $lost_after_days
-- An order after two returns counts once: it belongs to the later of them.
with returns as (
    select customer, next_day as return_day
    from steps
    where next_day >= $from_day and next_day - day > $lost_after_days + 1
),

flows as (
    select customer, day, amount
    from steps
    where day >= $from_day and customer in (select customer from returns)
    union all
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        amount
    from current_orders
    where
        is_refund
        and cast(cast(order_at as date) - date '1970-01-01' as integer) between $from_day and $today
        and hash(customer_id) in (select customer from returns)
)

select
    cast(date_trunc('month', date '1970-01-01' + flows.day) as date) as month,
    cast(sum(flows.amount) as decimal(38, 4)) as net
from flows
asof inner join returns on flows.customer = returns.customer and flows.day >= returns.return_day
where flows.day < returns.return_day + $days
group by month;

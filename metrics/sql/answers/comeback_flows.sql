-- one row per days since a return (age) and days from it (place): what came in from customers who had been lost for
-- $lost_after_days and returned, less refunds, in ten-thousandths
with returns as (
    select customer, next_day as return_day
    from steps
    where next_day - day > $lost_after_days + 1
),

flows as (
    select customer, day, cast(amount * 10000 as bigint) as amount
    from steps
    where customer in (select customer from returns)
    union all
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        cast(amount * 10000 as bigint) as amount
    from current_orders
    where
        is_refund
        and cast(cast(order_at as date) - date '1970-01-01' as integer) <= $today
        and hash(customer_id) in (select customer from returns)
)

select
    cast($today - returns.return_day as integer) as age,
    cast(flows.day - returns.return_day as integer) as place,
    cast(sum(flows.amount) as bigint) as amount
from returns
inner join flows on returns.customer = flows.customer
where flows.day between returns.return_day and returns.return_day + $longest - 1
group by age, place;

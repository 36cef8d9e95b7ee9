-- one row per days since a return: how many customers returned who had been lost for $lost_after_days, and their yearly
-- value on the day of the loss, in ten-thousandths
-- As METRICS.md 4 counts it: orders of the 365 days up to the last one, less refunds from their start to the loss day.
with returns as (
    select customer, day as last_day, next_day as return_day
    from steps
    where next_day - day > $lost_after_days + 1
),

flows as (
    select customer, day, amount, false as is_refund
    from steps
    where customer in (select customer from returns)
    union all
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        amount,
        true as is_refund
    from current_orders
    where is_refund and hash(customer_id) in (select customer from returns)
),

lost as (
    select
        returns.customer,
        returns.return_day,
        greatest(sum(flows.amount), 0) as yearly_value
    from returns
    inner join flows on returns.customer = flows.customer
    where
        flows.day > returns.last_day - 365
        and flows.day <= returns.last_day + case when flows.is_refund then $lost_after_days + 1 else 0 end
    group by returns.customer, returns.return_day
)

select
    cast($today - return_day as integer) as age,
    count(*) as customers,
    cast(sum(yearly_value) * 10000 as bigint) as yearly_value
from lost
group by age;

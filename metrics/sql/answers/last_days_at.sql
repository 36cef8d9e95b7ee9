-- one row per last order day as it stood at the end of $day: how many customers, their yearly value then
-- Money in whole ten-thousandths; the rules are those of the mart `customers`, and a test holds the two equal.
with until as (
    select customer, day, amount, max(day) over (partition by customer) as last_day
    from steps
    where day <= $day
),

bought as (
    select customer, last_day, sum(amount) filter (where day > last_day - 365) as gross_of_year
    from until
    group by customer, last_day
),

refunds as (
    select
        hash(customer_id) as customer,
        cast(cast(order_at as date) - date '1970-01-01' as integer) as day,
        -amount as amount
    from current_orders
    where is_refund
),

refunded as (
    select bought.customer, sum(refunds.amount) as refunds_of_year
    from refunds
    inner join bought on refunds.customer = bought.customer
    where refunds.day > bought.last_day - 365 and refunds.day <= $day
    group by bought.customer
)

select
    bought.last_day,
    count(*) as customers,
    cast(
        cast(sum(greatest(bought.gross_of_year - coalesce(refunded.refunds_of_year, 0), 0)) as decimal(28, 4)) * 10000
        as bigint
    ) as yearly_value
from bought
left join refunded on bought.customer = refunded.customer
group by bought.last_day;

-- one row per class and last order day: how many customers, their yearly value in ten-thousandths
-- Classes of the rule $kind: `number` the order number of the gap, 4 for four and more; `group` the home group in
-- $group_column, '' for none; `rhythm` the days of the own rhythm of customers with five closed gaps or more, '' else.
with customer_classes as (
    select
        customers.customer,
        case
            when $kind = 'group'
                then coalesce(
                    case $group_column
                        when 'category' then home_groups.category
                        when 'channel' then home_groups.channel
                        else home_groups.region
                    end,
                    ''
                )
            when $kind = 'rhythm' and customers.order_days > 5
                then cast(
                    cast(floor(greatest($shortest, $multiplier * rhythms.own_gap) + $grace) as integer) as varchar
                )
            else ''
        end as class,
        least(customers.order_days, 4) as order_number,
        customers.last_day,
        customers.yearly_value
    from customers
    left join home_groups on customers.customer = home_groups.customer
    left join rhythms on customers.customer = rhythms.customer
)

select
    case when $kind = 'number' then cast(order_number as varchar) else class end as class,
    last_day,
    count(*) as customers,
    cast(sum(yearly_value) * 10000 as hugeint) as yearly_value
from customer_classes
group by all

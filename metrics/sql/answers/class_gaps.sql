-- one row per class, order day and gap length (null: open): how many gaps
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
    case when $kind = 'number' then cast(least(steps.order_number, 4) as varchar) else customer_classes.class end as class,
    steps.day,
    steps.next_day - steps.day as length,
    count(*) as customers
from steps
inner join customer_classes on steps.customer = customer_classes.customer
where steps.next_day is null or steps.next_day > steps.day
group by all

-- one row per customer: the class under a rule for the lost threshold, the order number (4 for four and more), last order
-- day and yearly value
-- kind `group`: the home group in group_column, '' for none; `rhythm`: the days of the own rhythm of customers with five
-- closed gaps or more, '' else; any other: ''.
create or replace macro customer_classes(kind, group_column, shortest, multiplier, grace) as table
select
    customers.customer,
    case
        when kind = 'group'
            then coalesce(
                case group_column
                    when 'category' then home_groups.category
                    when 'channel' then home_groups.channel
                    else home_groups.region
                end,
                ''
            )
        when kind = 'rhythm' and customers.order_days > 5
            then cast(cast(floor(greatest(shortest, multiplier * rhythms.own_gap) + grace) as integer) as varchar)
        else ''
    end as class,
    least(customers.order_days, 4) as order_number,
    customers.last_day,
    customers.yearly_value
from customers
left join home_groups on customers.customer = home_groups.customer
left join rhythms on customers.customer = rhythms.customer;

-- one row per class, order day and gap length (null: open): how many gaps
-- The class of a gap under the rule $kind `number` is its order number, 4 for four and more, else that of its customer.
select
    case when $kind = 'number' then cast(least(steps.order_number, 4) as varchar) else customer_classes.class end as class,
    steps.day,
    steps.next_day - steps.day as length,
    count(*) as customers
from steps
inner join customer_classes($kind, $group_column, $shortest, $multiplier, $grace) as customer_classes
    on steps.customer = customer_classes.customer
where steps.next_day is null or steps.next_day > steps.day
group by all

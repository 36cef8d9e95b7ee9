-- one row per class and last order day: how many customers, their yearly value in ten-thousandths
-- Under the rule $kind `number` a customer is in the class of the gap that is open now.
select
    case when $kind = 'number' then cast(order_number as varchar) else class end as class,
    last_day,
    count(*) as customers,
    cast(sum(yearly_value) * 10000 as hugeint) as yearly_value
from customer_classes($kind, $group_column, $shortest, $multiplier, $grace)
group by all

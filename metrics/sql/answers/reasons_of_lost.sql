-- one row per named, confirmed and counting reason and fault of customers lost on $today whose loss day is on or after
-- $window_start: how many, their yearly value
select
    customer_reasons.named,
    customer_reasons.confirmed,
    customer_reasons.reason,
    customer_reasons.fault,
    count(*) as customers,
    cast(sum(customers.yearly_value) as decimal(38, 4)) as yearly_value
from customers
inner join customer_reasons on customers.customer = customer_reasons.customer
where $today - customers.last_day > $lost_after_days and customers.last_day + $lost_after_days + 1 >= $window_start
group by customer_reasons.named, customer_reasons.confirmed, customer_reasons.reason, customer_reasons.fault;

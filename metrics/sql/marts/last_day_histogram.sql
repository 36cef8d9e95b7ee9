-- one row per last order day, one-time and repeat buyers apart: how many customers, their yearly value
create or replace table last_day_histogram as
select
    last_day,
    order_days > 1 as is_repeat,
    count(*) as customers,
    cast(sum(yearly_value) as decimal(38, 4)) as yearly_value
from customers
group by last_day, order_days > 1;

-- one row per order number (4 means 4 or more), order day and gap length: how many customers; an open gap has no length
create or replace table gap_histogram as
select
    cast(least(order_number, 4) as integer) as order_number,
    day,
    next_day - day as length,
    count(*) as customers
from steps
where next_day is null or next_day > day
group by least(order_number, 4), day, next_day - day;

-- one row per column and value of the customers' home groups: how many customers, most first
with named as (
    unpivot home_groups
    on category, channel, region
    into name column_name value group_value
)

select column_name, group_value, count(*) as customers
from named
group by column_name, group_value
order by column_name, customers desc, group_value

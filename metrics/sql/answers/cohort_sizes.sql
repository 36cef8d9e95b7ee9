-- one row per month of the first order: how many customers
select
    date_trunc('month', date '1970-01-01' + first_day)::date as cohort,
    count(*) as customers
from customers
group by all
order by all;

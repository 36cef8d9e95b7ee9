-- one row per column (named, confirmed, fault) and text in it: of how many customers files say it
select 'named' as place, named as text, count(*) as customers
from reasons
where named is not null
group by named

union all

select 'confirmed' as place, confirmed as text, count(*) as customers
from reasons
where confirmed is not null
group by confirmed

union all

select 'fault' as place, fault as text, count(*) as customers
from reasons
where fault is not null
group by fault;

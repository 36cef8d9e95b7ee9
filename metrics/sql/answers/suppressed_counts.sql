-- one row per kind of entry of the suppression list: how many
select kind, count(distinct key) as entries
from suppressed
group by kind
order by kind;

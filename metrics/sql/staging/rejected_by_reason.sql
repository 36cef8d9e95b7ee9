-- one row per reason: rows, and the sum of their amounts where those could be read
select reason, count(*) as n_rows, coalesce(sum(amount), 0) as amount
from rejects
group by reason
order by reason

-- one row per value of {column} that customers have: how many, most first
select {column} as value, count(*) as customers
from segment_base
where {column} is not null
group by {column}
order by customers desc, value
limit $row_limit;

-- one row: how many customers are on a list, and how many of them meet each of {counts}
select count(*) as customers{counts}
from {listed} as listed;

-- one row per currency as written beside the amounts: rows of money with it, most first
select currency as written, count(*) as n_rows
from staged
where currency is not null and amount is not null
group by currency
order by n_rows desc, written
limit $most

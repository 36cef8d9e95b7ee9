-- numbers without a country code of which the file may hold the same with one: those with it, a sample
select distinct international.customer_id as international
from {keys} as international
inner join {keys} as national on right(international.customer_id, 9) = right(national.customer_id, 9)
where international.customer_id like '+%' and national.customer_id not like '+%' and strlen(national.customer_id) between 9 and 12
limit 200

-- numbers with a country code of which the file may hold the same without one, a sample: each with such a one
select
    international.customer_id as international,
    min(national.customer_id) as national
from {keys} as international
inner join {keys} as national on right(international.customer_id, 9) = right(national.customer_id, 9)
where international.customer_id like '+%' and national.customer_id not like '+%' and strlen(national.customer_id) between 9 and 12
group by international.customer_id
order by international.customer_id
limit 200

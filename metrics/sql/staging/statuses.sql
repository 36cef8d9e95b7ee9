-- one row per status with what further columns say beside it, the most frequent first; whether its amounts are all below nought
select
    status,
    more_status,
    coalesce(max(amount) < 0, false) as is_negative
from staged
where status is not null or more_status is not null
group by status, more_status
order by count(*) desc, status, more_status
limit $most

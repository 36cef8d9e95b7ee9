-- one row per silence in days at the end of $today: how many customers fade
select
    $today - last_day as silence,
    count(*) as customers
from rhythms
where is_fading
group by last_day
order by silence;

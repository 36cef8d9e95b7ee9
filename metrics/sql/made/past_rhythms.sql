-- one row per customer and order day that was their last at the end of one of $days: until when, and the rhythm so far
-- `longest_gap` and `own_gap` (three closed gaps or more) are of the gaps before it, as they stood then.
create or replace table past_rhythms as
with calendar as (
    select unnest(generate_series($first_day, list_max($days::integer[]))) as day
),

next_end as (
    select calendar.day, min(ends.day) as next_end
    from calendar
    inner join (select unnest($days::integer[]) as day) as ends on ends.day >= calendar.day
    group by calendar.day
),

standing as (
    select steps.customer, steps.day, steps.next_day, steps.order_number
    from steps
    inner join next_end on steps.day = next_end.day
    where steps.next_day is null or steps.next_day > next_end.next_end
),

gaps as (
    select customer, list(next_day - day order by day) as lengths
    from steps
    where next_day > day
    group by customer
)

select
    standing.customer,
    standing.day,
    coalesce(standing.next_day, 2147483647) as until_day,
    standing.order_number as order_days,
    coalesce(list_max(gaps.lengths[1:standing.order_number - 1]), 0) as longest_gap,
    case when standing.order_number > 3 then list_median(gaps.lengths[1:standing.order_number - 1]) end as own_gap
from standing
left join gaps on standing.customer = gaps.customer;

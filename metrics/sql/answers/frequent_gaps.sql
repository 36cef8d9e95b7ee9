-- gaps of order number 4 and more as they stood at the end of $day: their duration, whether they had ended, and their
-- weight, where all such gaps of a customer weigh one together
with gaps as (
    select
        customer,
        case when next_day <= $day then next_day - day else $day - day end as duration,
        coalesce(next_day <= $day, false) as is_closed
    from steps
    where order_number >= 4 and day <= $day and (next_day is null or next_day > day)
),

owners as (
    select customer, count(*) as n_gaps
    from gaps
    group by customer
)

select gaps.duration, gaps.is_closed, sum(1.0 / owners.n_gaps) as weight, count(*) as gaps
from gaps
inner join owners on gaps.customer = owners.customer
group by gaps.duration, gaps.is_closed

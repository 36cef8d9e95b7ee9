-- one row per state at the end of $from_day and at the end of $to_day: how many customers; no state before the first order
with days as (
    select unnest([$from_day, $to_day]) as day
),

usual as (
    select
        unnest($days::integer[]) as day,
        unnest($numbers::integer[]) as order_number,
        unnest($gaps::double[]) as usual_gap
),

final as (
    select
        unnest($final_days::integer[]) as day,
        unnest($final_numbers::integer[]) as order_number,
        unnest($final_silences::integer[]) as silence
),

returns as (
    select days.day, steps.customer
    from steps
    inner join days on steps.next_day <= days.day and steps.next_day > days.day - $lost_after_days
    where steps.next_day - steps.day > $lost_after_days + 1 and steps.next_day > $from_day - $lost_after_days
),

standing as (
    select days.day, days.day - past_rhythms.day as silence, past_rhythms.* exclude (day, until_day)
    from past_rhythms
    inner join days on days.day >= past_rhythms.day and days.day < past_rhythms.until_day
),

states as (
    select
        standing.day,
        standing.customer,
        state_of(
            standing.silence,
            standing.order_days,
            standing.longest_gap,
            coalesce(standing.own_gap, usual.usual_gap),
            final.silence is not null,
            returns.customer is not null,
            $lost_after_days,
            $grace_days
        ) as state
    from standing
    left join usual on standing.day = usual.day and standing.order_days = usual.order_number
    left join final
        on
            standing.day = final.day
            and least(standing.order_days, 4) = final.order_number
            and standing.silence = final.silence
    left join returns on standing.day = returns.day and standing.customer = returns.customer
)

select earlier.state as from_state, later.state as to_state, count(*) as customers
from (select customer, state from states where day = $to_day) as later
left join (select customer, state from states where day = $from_day) as earlier on later.customer = earlier.customer
group by earlier.state, later.state;

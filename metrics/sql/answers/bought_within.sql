-- one row per period, silence at its start and silence at its end: customers who ordered within the period
-- Periods come as the two lists of their last day before ($from_days) and their last day ($to_days).
-- Silence at the start is null for those whose first order fell in the period. Grain of no row: nobody ordered.
with periods as (
    select
        unnest(generate_series(0, len($from_days) - 1)) as period,
        unnest($from_days) as from_day,
        unnest($to_days) as to_day
),

days as (
    select period, from_day, to_day, unnest(generate_series(from_day + 1, to_day)) as day
    from periods
),

ended as (
    select days.period, steps.customer, days.to_day - steps.day as end_silence
    from steps
    inner join days on steps.day = days.day
    where steps.next_day is null or steps.next_day > days.to_day
),

started as (
    select days.period, steps.customer, days.from_day - steps.day as start_silence
    from steps
    inner join days on steps.next_day = days.day
    where steps.day <= days.from_day
)

select
    ended.period,
    started.start_silence,
    ended.end_silence,
    count(*) as customers
from ended
left join started on ended.period = started.period and ended.customer = started.customer
where started.start_silence is null or started.start_silence < ended.end_silence
group by ended.period, started.start_silence, ended.end_silence;

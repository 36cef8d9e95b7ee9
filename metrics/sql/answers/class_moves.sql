-- one row per period, class and silence at its start and at its end: customers who ordered within the period
-- Periods come as the two lists of their last day before ($from_days) and their last day ($to_days). The start is null for
-- those whose first order fell in the period; silences longer than $longest count as $longest + 1.
-- The class of a gap under the rule $kind `number` is its order number, 4 for four and more, else that of its customer.
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

classed as (
    select
        steps.customer,
        case when $kind = 'number' then cast(least(steps.order_number, 4) as varchar) else customer_classes.class end as class,
        steps.day,
        steps.next_day
    from steps
    inner join customer_classes($kind, $group_column, $shortest, $multiplier, $grace) as customer_classes
        on steps.customer = customer_classes.customer
    where steps.next_day is null or steps.next_day > steps.day
),

ended as (
    select days.period, classed.customer, classed.class, days.to_day - classed.day as silence
    from classed
    inner join days on classed.day = days.day
    where classed.next_day is null or classed.next_day > days.to_day
),

started as (
    select days.period, classed.customer, classed.class, days.from_day - classed.day as silence
    from classed
    inner join days on classed.next_day = days.day
    where classed.day <= days.from_day
)

select
    ended.period,
    started.class as start_class,
    least(started.silence, $longest + 1) as start_silence,
    ended.class as end_class,
    ended.silence as end_silence,
    count(*) as customers
from ended
left join started on ended.period = started.period and ended.customer = started.customer
where ended.silence > 0
group by all

-- one row per customer at the end of $today: what their state follows from for any lost threshold, and yearly value
-- `own_gap` is the median of three closed gaps or more; `expected_gap` it or the usual gap after the same order number, in
-- whole days (a silence is above it just when it is above the fraction). Money is compared in whole ten-thousandths.
-- `is_fading`: the last two gaps above 1.5 x the own median, or no order of the last two order days up to 0.7 x the own.
create or replace table rhythms as
with repeat_buyers as (
    select
        steps.customer,
        max(steps.next_day - steps.day) as longest_gap,
        case
            when customers.order_days > 3
                then median(steps.next_day - steps.day) filter (where steps.next_day > steps.day)
        end as own_gap,
        min(steps.next_day - steps.day) filter (
            where steps.next_day > steps.day and steps.order_number >= customers.order_days - 2
        ) as shorter_of_last_gaps,
        median(cast(steps.amount * 10000 as bigint)) as own_check,
        cast(
            max(steps.amount) filter (where steps.order_number >= customers.order_days - 1) * 10000 as bigint
        ) as larger_of_last_checks
    from steps
    inner join customers on steps.customer = customers.customer
    where customers.order_days > 1
    group by steps.customer, customers.order_days
),

usual as (
    select unnest($numbers::integer[]) as order_number, unnest($gaps::double[]) as usual_gap
),

final as (
    select unnest($final_numbers::integer[]) as order_number, unnest($final_silences::integer[]) as silence
)

select
    customers.customer,
    customers.last_day,
    customers.order_days,
    customers.orders,
    coalesce(repeat_buyers.longest_gap, 0) as longest_gap,
    repeat_buyers.own_gap,
    cast(floor(coalesce(repeat_buyers.own_gap, usual.usual_gap)) as integer) as expected_gap,
    coalesce(
        2 * repeat_buyers.shorter_of_last_gaps > 3 * repeat_buyers.own_gap
        or 10 * repeat_buyers.larger_of_last_checks < 7 * repeat_buyers.own_check,
        false
    ) as is_fading,
    final.silence is not null as is_final,
    customers.yearly_value
from customers
left join repeat_buyers on customers.customer = repeat_buyers.customer
left join usual on customers.order_days = usual.order_number
left join final
    on least(customers.order_days, 4) = final.order_number and $today - customers.last_day = final.silence;

-- one row per place of the lists, in their order: the state that follows from these facts
with facts as (
    select
        unnest(generate_series(1, len($silences::integer[]))) as place,
        unnest($silences::integer[]) as silence,
        unnest($numbers::integer[]) as number,
        unnest($longest_gaps::integer[]) as longest_gap,
        unnest($expected_gaps::double[]) as expected_gap,
        unnest($finals::boolean[]) as is_final,
        unnest($returns::boolean[]) as is_returned
)

select
    state_of(
        silence, number, longest_gap, expected_gap, is_final, is_returned, $lost_after_days, $grace_days
    ) as state
from facts
order by place;

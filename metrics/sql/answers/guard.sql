-- one row: how many customers meet {where}, and for how many of them which {step} is the first that keeps them off a list
with steps as (
    select {step} as step
    from segment_base
    where {where}
)

select
    count(*) as chosen,
    count(*) filter (where step = 'opted_out') as opted_out,
    count(*) filter (where step = 'no_consent') as no_consent,
    count(*) filter (where step = 'suppressed') as suppressed,
    count(*) filter (where step = 'lost_twice') as lost_twice,
    count(*) filter (where step = 'held_out') as held_out,
    count(*) filter (where step = 'cooled_down') as cooled_down,
    count(*) filter (where step is null) as "left"
from steps;

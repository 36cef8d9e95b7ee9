-- one row per state and lost threshold from which on customers are in it, or, negative, no longer are: how many more
-- or fewer, with what yearly value; summed up it is every state for every threshold
-- A customer is lost for each threshold below their silence, and returned, at risk or well for the others.
with facts as (
    select
        customer,
        $today - last_day as silence,
        least($today - last_day - 1, longest_gap - 2) as twice_until,
        ($today - last_day + 1) // 2 as fresh_from,
        5 * ($today - last_day) // 4 as risk_until,
        case
            when $today - last_day > expected_gap + $grace_days then 'due'
            when order_days = 1 then 'new'
            else 'active'
        end as otherwise,
        is_final,
        yearly_value
    from rhythms
),

watched as (
    select facts.* exclude (silence), comebacks.from_days, comebacks.to_days
    from comebacks
    inner join facts on comebacks.customer = facts.customer
),

spans as (
    select 'lost_twice' as state, 1 as first, twice_until as last, 1 as n, yearly_value from facts
    union all
    select 'finally_lost', greatest(twice_until + 1, 1), silence - 1, 1, yearly_value from facts where is_final
    union all
    select 'lost', greatest(twice_until + 1, 1), fresh_from - 1, 1, yearly_value from facts where not is_final
    union all
    select 'freshly_lost', greatest(twice_until + 1, fresh_from, 1), silence - 1, 1, yearly_value
    from facts
    where not is_final
    union all
    select 'at_risk', silence, risk_until, 1, yearly_value from facts where silence > 0
    union all
    select otherwise, greatest(risk_until + 1, 1), $longest, 1, yearly_value from facts
    union all
    select 'returned', from_days, to_days, 1, yearly_value from watched
    union all
    select 'at_risk', from_days, least(to_days, risk_until), -1, yearly_value from watched
    union all
    select otherwise, greatest(from_days, risk_until + 1), to_days, -1, yearly_value from watched
),

edges as (
    select state, first as threshold, n, case when n > 0 then yearly_value else -yearly_value end as yearly_value
    from spans
    where first <= last
    union all
    select state, last + 1, -n, case when n > 0 then -yearly_value else yearly_value end
    from spans
    where first <= last
)

select
    state,
    threshold,
    cast(sum(n) as bigint) as customers,
    cast(sum(yearly_value) as decimal(38, 4)) as yearly_value
from edges
group by state, threshold;

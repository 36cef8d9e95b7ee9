-- one row per manager (null: none known) of customers to remind: how many by how late they are, and their yearly value
with expected as (
    select
        customer,
        $today - last_day - expected_gap as days_late,
        yearly_value
    from rhythms
    where $today - last_day <= $lost_after_days and last_day + expected_gap <= $today + $ahead
)

select
    identities.manager,
    count(*) filter (where expected.days_late < 0) as this_week,
    count(*) filter (where expected.days_late between 0 and $grace_days) as due,
    count(*) filter (where expected.days_late > $grace_days) as escalated,
    cast(sum(expected.yearly_value) as decimal(38, 4)) as yearly_value
from expected
inner join identities on expected.customer = identities.customer
group by identities.manager
order by count(*) desc, identities.manager;

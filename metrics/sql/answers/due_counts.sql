-- one row per manager (null: none known) and silence of customers whose next order is expected by $ahead days after
-- $today: how many by how late they are, and their yearly value in ten-thousandths
-- Who is lost for some threshold is left out by the silence: no threshold needs this to be asked again.
select
    identities.manager,
    $today - rhythms.last_day as silence,
    count(*) filter (where $today - rhythms.last_day - rhythms.expected_gap < 0) as this_week,
    count(*) filter (where $today - rhythms.last_day - rhythms.expected_gap between 0 and $grace_days) as due,
    count(*) filter (where $today - rhythms.last_day - rhythms.expected_gap > $grace_days) as escalated,
    cast(sum(rhythms.yearly_value) * 10000 as bigint) as yearly_value
from rhythms
inner join identities on rhythms.customer = identities.customer
where $today - rhythms.last_day <= $longest and rhythms.last_day + rhythms.expected_gap <= $today + $ahead
group by identities.manager, rhythms.last_day
order by identities.manager, silence;

-- one row per customer to remind, of one manager ($manager) or of all: the latest first, of those the most valuable
with chosen as (
    select
        *,
        $today - last_day as silence,
        $today - last_day - expected_gap as days_late
    from rhythms
    where
        $today - last_day <= $lost_after_days
        and last_day + expected_gap <= $today - $least_late
        and (
            $of_all_managers
            or customer in (
                select customer from identities where not $of_all_managers and manager is not distinct from $manager
            )
        )
    order by days_late desc, yearly_value desc, customer
    limit $row_limit
    offset $row_offset
),

watched as (
    select customer
    from comebacks
    where $lost_after_days between from_days and to_days
)

select
    chosen.customer,
    identities.customer_id,
    identities.name,
    state_of(
        chosen.silence,
        chosen.order_days,
        chosen.longest_gap,
        chosen.expected_gap,
        chosen.is_final,
        chosen.customer in (select customer from watched),
        $lost_after_days,
        $grace_days
    ) as state,
    chosen.last_day + chosen.expected_gap as expected_day,
    chosen.days_late,
    chosen.last_day,
    chosen.orders,
    chosen.yearly_value,
    chosen.is_fading,
    identities.category,
    identities.manager,
    identities.email,
    identities.phone,
    identities.has_consent
from chosen
inner join identities on chosen.customer = identities.customer
order by chosen.days_late desc, chosen.yearly_value desc, chosen.customer;

-- one row per customer at the end of $today: what segments ask for and no lost threshold changes; who, what, how much,
-- and the scores of recency, frequency and money
-- A score is 1 + five times the share of customers who are worse, rounded down: equal values share it, and with fewer
-- distinct values there are fewer scores (METRICS.md 5).
create or replace table customer_facts as
with known as (
    select
        customer,
        bool_or(coalesce(regexp_matches(lower(flags), $problem), false)) as is_problem,
        bool_or(coalesce(regexp_matches(lower(flags), $strategic), false)) as is_strategic
    from profiles
    where customer is not null
    group by customer
),

facts as (
    select
        customers.customer,
        cast($today - customers.last_day as integer) as silence,
        date '1970-01-01' + customers.first_day as first_order_on,
        date '1970-01-01' + customers.last_day as last_order_on,
        customers.orders,
        customers.order_days,
        cast(customers.gross - customers.refunds as decimal(18, 4)) as revenue,
        cast(customers.yearly_value as decimal(18, 4)) as yearly_value,
        cast(customers.gross as double) / customers.orders as average_order,
        rhythms.longest_gap,
        rhythms.expected_gap,
        cast($today - customers.last_day - rhythms.expected_gap as integer) as days_late,
        rhythms.is_fading,
        rhythms.is_final
    from customers
    inner join rhythms on customers.customer = rhythms.customer
),

scored as (
    select
        *,
        cast(1 + 5 * (rank() over (order by silence desc) - 1) // count(*) over () as tinyint) as recency,
        cast(1 + 5 * (rank() over (order by orders) - 1) // count(*) over () as tinyint) as frequency,
        cast(1 + 5 * (rank() over (order by revenue) - 1) // count(*) over () as tinyint) as monetary
    from facts
)

select
    scored.*,
    list_extract(
        $rfm_names::varchar[], 25 * (scored.recency - 1) + 5 * (scored.frequency - 1) + scored.monetary
    ) as rfm,
    identities.customer_id,
    identities.name,
    identities.email,
    identities.phone,
    identities.manager,
    home_groups.category,
    home_groups.channel,
    home_groups.region,
    case identities.has_consent when true then 'yes' when false then 'no' else 'unknown' end as consent,
    coalesce(known.is_problem, false) as is_problem,
    coalesce(known.is_strategic, false) as is_strategic
from scored
inner join identities on scored.customer = identities.customer
left join home_groups on scored.customer = home_groups.customer
left join known on scored.customer = known.customer;

-- one row per customer for one lost threshold: the facts, their state, how much they are worth a contact, why they left
create or replace table segment_base as
select
    facts.*,
    state_of(
        facts.silence,
        facts.order_days,
        facts.longest_gap,
        facts.expected_gap,
        facts.is_final,
        facts.customer in (
            select comebacks.customer from comebacks where $lost_after_days between comebacks.from_days and comebacks.to_days
        ),
        $lost_after_days,
        $grace_days
    ) as state,
    grades.grade,
    coalesce(customer_reasons.reason, 'unknown') as reason,
    coalesce(customer_reasons.fault, 'unknown') as fault
from customer_facts as facts
left join grades on facts.customer = grades.customer
left join customer_reasons on facts.customer = customer_reasons.customer;

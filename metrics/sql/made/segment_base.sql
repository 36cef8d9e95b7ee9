-- one row per customer for one lost threshold: the facts, their state, and how much they are worth a contact
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
    grades.grade
from customer_facts as facts
left join grades on facts.customer = grades.customer;

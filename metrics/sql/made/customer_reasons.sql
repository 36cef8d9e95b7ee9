-- one row per customer of whom anything is known of why they left: named, confirmed and the one that counts, as codes,
-- and whether a person or a system failed
-- What was said in the program goes before what files say. The confirmed reason counts before the named one.
create or replace table customer_reasons as
with sorted as (
    select unnest($texts::varchar[]) as text, unnest($codes::varchar[]) as code, unnest($faults::varchar[]) as fault
),

faults as (
    select unnest($fault_texts::varchar[]) as text, unnest($fault_codes::varchar[]) as fault
),

given as (
    select
        hash(coalesce(aliases.customer_id, given_reasons.customer_id)) as customer,
        arg_max(struct_pack(
            named := given_reasons.named, confirmed := given_reasons.confirmed, fault := given_reasons.fault
        ), given_reasons.given_at) as said
    from given_reasons
    left join aliases on given_reasons.customer_id = aliases.contact
    group by all
),

told as (
    select
        coalesce(given.customer, reasons.customer) as customer,
        coalesce(given.said.named, named.code) as named,
        coalesce(given.said.confirmed, confirmed.code) as confirmed,
        coalesce(given.said.fault, faults.fault, confirmed.fault, named.fault) as fault
    from reasons
    full join given on reasons.customer = given.customer
    left join sorted as named on reasons.named = named.text
    left join sorted as confirmed on reasons.confirmed = confirmed.text
    left join faults on reasons.fault = faults.text
)

select customer, named, confirmed, coalesce(confirmed, named) as reason, fault
from told
where customer in (select customer from customers) and coalesce(named, confirmed, fault) is not null;

-- one row: what was said in the program, and what files say, about why the customer $customer left
with given as (
    select
        hash(coalesce(aliases.customer_id, given_reasons.customer_id)) as customer,
        given_reasons.named,
        given_reasons.confirmed,
        given_reasons.fault
    from given_reasons
    left join aliases on given_reasons.customer_id = aliases.contact
    where hash(coalesce(aliases.customer_id, given_reasons.customer_id)) = $customer::ubigint
    order by given_reasons.given_at desc
    limit 1
)

select
    given.named,
    given.confirmed,
    given.fault,
    reasons.named as named_text,
    reasons.confirmed as confirmed_text,
    reasons.fault as fault_text
from (select $customer::ubigint as customer) as asked
left join reasons on asked.customer = reasons.customer
left join given on asked.customer = given.customer;

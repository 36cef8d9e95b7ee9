-- one row per customer of whom a file says why they left: in each column the text of the latest file that has one
create or replace table reasons as
with told as (
    select
        person_customers.customer, file_reasons.batch_id, file_reasons.named, file_reasons.confirmed, file_reasons.fault
    from file_reasons
    inner join keyed_people
        on
            file_reasons.batch_id = keyed_people.batch_id
            and file_reasons.customer_id is not distinct from keyed_people.customer_id
            and file_reasons.email is not distinct from keyed_people.email
            and file_reasons.phone is not distinct from keyed_people.phone
    inner join person_customers on keyed_people.person = person_customers.person
    where file_reasons.is_person

    union all

    select
        hash(
            case
                when file_reasons.batch_id in (select batch_id from apart) then file_reasons.customer_id
                else coalesce(aliases.customer_id, file_reasons.customer_id)
            end
        ) as customer,
        file_reasons.batch_id,
        file_reasons.named,
        file_reasons.confirmed,
        file_reasons.fault
    from file_reasons
    left join aliases on file_reasons.customer_id = aliases.contact
    where not file_reasons.is_person and file_reasons.customer_id not in (select customer_id from left_out)
)

select
    customer,
    arg_max(named, (batch_id, named)) as named,
    arg_max(confirmed, (batch_id, confirmed)) as confirmed,
    arg_max(fault, (batch_id, fault)) as fault
from told
where customer in (select customer from customers)
group by customer

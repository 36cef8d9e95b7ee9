-- one row per person known by files of customers or by the contacts of orders: who they are as a customer, who never
-- bought (is_potential), whether they may be written to (has_consent, null where nothing says so)
-- `person` is null for those whom no file of customers lists.
create or replace table profiles as
with listed as (
    select
        persons.person,
        person_customers.customer,
        coalesce(person_customers.customer_id, persons.customer_id) as customer_id,
        coalesce(persons.name, order_contacts.name) as name,
        coalesce(persons.email, order_contacts.email) as email,
        coalesce(persons.phone, order_contacts.phone) as phone,
        coalesce(persons.region, order_contacts.region) as region,
        coalesce(persons.manager, order_contacts.manager) as manager,
        coalesce(persons.consent, order_contacts.consent) as consent,
        coalesce(persons.flags, order_contacts.flags) as flags
    from persons
    left join person_customers on persons.person = person_customers.person
    left join order_contacts
        on coalesce(person_customers.customer_id, persons.customer_id) = order_contacts.customer_id
),

known as (
    select customer_id as key from persons where customer_id is not null
    union
    select email as key from persons where email is not null
    union
    select phone as key from persons where phone is not null
    union
    select email as key from order_contacts where has_bought and email is not null
    union
    select phone as key from order_contacts where has_bought and phone is not null
),

unlisted as (
    select
        null::varchar as person,
        case when has_bought then customer end as customer,
        customer_id,
        name,
        email,
        phone,
        region,
        manager,
        consent,
        flags
    from order_contacts
    where
        case
            when has_bought then customer not in (select customer from person_customers)
            else
                coalesce(email, phone) is not null
                and customer_id not in (select key from known)
                and coalesce(email, '') not in (select key from known)
                and coalesce(phone, '') not in (select key from known)
        end
),

everybody as (
    select * from listed
    union all
    select * from unlisted
),

said as (
    select
        consent,
        trim(regexp_replace(replace(lower(consent), 'ё', 'е'), '[^\p{L}\p{N}]+', ' ', 'g')) as words
    from everybody
    where consent is not null
    group by consent
)

select
    everybody.*,
    case
        when said.words in (select unnest($yes::varchar[])) then true
        when said.words in (select unnest($no::varchar[])) then false
    end as has_consent,
    everybody.customer is null as is_potential
from everybody
left join said on everybody.consent = said.consent;

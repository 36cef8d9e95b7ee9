-- one row per customer, kind (id, email, phone) and text by which they are known, or were in an earlier file
create or replace table contact_texts as
with listed as (
    select customer, email, phone
    from identities

    union all

    select hash(coalesce(aliases.customer_id, contacts.customer_id)) as customer, contacts.email, contacts.phone
    from contacts
    left join aliases on contacts.customer_id = aliases.contact

    union all

    select hash(customer_id) as customer, email, phone
    from people
    where customer_id is not null
),

told as (
    select customer, 'id' as kind, customer_id as written
    from identities

    union all

    select hash(customer_id) as customer, 'id' as kind, contact as written
    from aliases

    union all

    select customer, 'email' as kind, email as written
    from listed

    union all

    select customer, 'phone' as kind, phone as written
    from listed
)

select distinct
    customer,
    kind,
    written,
    kind <> 'phone'
    and contains(written, '@')
    and regexp_full_match(
        lower(trim(written)), '[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}'
    ) and not contains(lower(written), 'xn--') as is_email
from told
where trim(written) <> '' and customer in (select customer from customers);

-- one row per contact by which orders go and that stands with exactly one customer in the contacts of all files
-- An e-mail is of the customer number beside it; a phone of the number, else of the e-mail. Files in which such orders
-- are kept apart say nothing.
insert into aliases
with standing as (
    select distinct
        customer_id,
        nullif(regexp_extract(lower(email), '[^\s<>;,:"]+@[^\s<>;,:"]+'), '') as email,
        phone_key(phone) as phone
    from contacts
    where batch_id not in (select batch_id from apart)
),

told as (
    select
        *,
        contains(customer_id, '@') as is_email,
        coalesce(customer_id = phone, false) or regexp_full_match(customer_id, '\+\d{5,}') as is_phone
    from standing
),

email_owners as (
    select email as contact, min(customer_id) as customer_id
    from told
    where email is not null and not is_email and not is_phone
    group by email
    having count(distinct customer_id) = 1
),

beside_phones as (
    select told.phone as contact, coalesce(email_owners.customer_id, told.customer_id) as customer_id
    from told
    left join email_owners on told.is_email and lower(told.customer_id) = email_owners.contact
    where told.phone is not null and not told.is_phone
),

owners as (
    select contact, customer_id
    from email_owners

    union all

    select contact, min(customer_id) as customer_id
    from beside_phones
    group by contact
    having count(distinct customer_id) = 1
),

keys as (
    select distinct customer_id as contact
    from resolved_orders
    where lower(customer_id) in (select contact from owners)
)

select keys.contact, min(owners.customer_id) as customer_id
from keys
inner join owners on lower(keys.contact) = owners.contact
where keys.contact <> owners.customer_id
group by keys.contact;

-- one row per row of {rows} that names somebody: the person it is of, known by number, else e-mail, else phone
-- A row without a number is of the person that has its e-mail, else its phone, on another row.
with email_owners as (
    select email, arg_max(customer_id, (batch_id, customer_id)) as customer_id
    from {rows}
    where customer_id is not null and email is not null
    group by email
),

by_email as (
    select
        given.*,
        coalesce('id ' || given.customer_id, 'id ' || email_owners.customer_id, 'email ' || given.email) as key
    from {rows} as given
    left join email_owners on given.email = email_owners.email
    where coalesce(given.customer_id, given.email, given.phone) is not null
),

phone_owners as (
    select phone, arg_max(key, (batch_id, key)) as key
    from by_email
    where key is not null and phone is not null
    group by phone
)

select by_email.* exclude (key), coalesce(by_email.key, phone_owners.key, 'phone ' || by_email.phone) as person
from by_email
left join phone_owners on by_email.phone = phone_owners.phone

-- one row: rows without a customer number that a contact gives to a customer with one, and rows known by name alone
select
    count(*) filter (customer_keys.customer_id is null and owned.customer_id is not null) as n_guests,
    count(*) filter (
        customer_keys.customer_id is null
        and owned.customer_id is null
        and email_keys.customer_id is null
        and phone_keys.customer_id is null
        and name_keys.customer_id is not null
    ) as n_by_name
from staged
left join customer_keys on staged.customer_id = customer_keys.written
left join email_keys on staged.email = email_keys.written
left join phone_keys on staged.phone = phone_keys.written
left join name_keys on staged.name = name_keys.written
left join (
    select key, customer_id from email_owners
    union all
    select key, customer_id from phone_owners
) as owned on coalesce(email_keys.customer_id, phone_keys.customer_id) = owned.key

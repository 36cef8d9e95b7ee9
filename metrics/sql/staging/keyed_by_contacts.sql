-- one row per staged row with the key of its customer: the number, else the e-mail, the phone, the name; null for nobody
-- A contact that stands beside a customer number elsewhere is that customer.
create or replace view keyed as
select
    staged.*,
    coalesce(
        customer_keys.customer_id,
        email_owners.customer_id,
        email_keys.customer_id,
        phone_owners.customer_id,
        phone_keys.customer_id,
        name_keys.customer_id
    ) as customer_key
from staged
left join customer_keys on staged.customer_id = customer_keys.written
left join email_keys on staged.email = email_keys.written
left join email_owners on email_keys.customer_id = email_owners.key
left join phone_keys on staged.phone = phone_keys.written
left join phone_owners on phone_keys.customer_id = phone_owners.key
left join name_keys on staged.name = name_keys.written

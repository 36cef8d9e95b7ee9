-- one row per customer whose orders came with contacts: the latest of each, and whether an order of theirs counts
create or replace table order_contacts as
with latest as (
    select
        customer_id,
        arg_max(name, batch_id) as name,
        lower(trim(arg_max(email, batch_id))) as email,
        phone_key(arg_max(phone, batch_id)) as phone,
        arg_max(region, batch_id) as region,
        arg_max(manager, batch_id) as manager,
        arg_max(consent, batch_id) as consent,
        arg_max(flags, batch_id) as flags
    from known_contacts
    where customer_id not in (select customer_id from left_out)
    group by customer_id
)

select
    customer_id,
    hash(customer_id) as customer,
    hash(customer_id) in (select customer from customers) as has_bought,
    name,
    email,
    phone,
    region,
    manager,
    consent,
    flags
from latest;

-- one row per customer whose orders came with contacts: the latest of each, and whether an order of theirs counts
create or replace table order_contacts as
with latest as (
    select
        customer_id,
        arg_max(name, batch_id) as name,
        lower(trim(arg_max(email, batch_id))) as email,
        trim(arg_max(phone, batch_id), ' ''') as phone,
        arg_max(region, batch_id) as region,
        arg_max(manager, batch_id) as manager,
        arg_max(consent, batch_id) as consent,
        arg_max(flags, batch_id) as flags
    from contacts
    where customer_id not in (select customer_id from left_out)
    group by customer_id
),

digits as (
    select *, regexp_replace(phone, '\D', '', 'g') as digits
    from latest
)

select
    customer_id,
    hash(customer_id) as customer,
    hash(customer_id) in (select customer from customers) as has_bought,
    name,
    email,
    case
        when strlen(digits) < 5 then null
        when regexp_full_match(digits, '89\d{9}') then '+7' || digits[2:]
        when regexp_full_match(digits, '79\d{9}') then '+' || digits
        when phone like '+%' then '+' || digits
        when digits like '00%' then '+' || digits[3:]
        else digits
    end as phone,
    region,
    manager,
    consent,
    flags
from digits;

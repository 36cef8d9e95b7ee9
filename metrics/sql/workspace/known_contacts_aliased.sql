-- the contacts that came with orders, under the customers whose they are: one row per file and customer
create or replace view known_contacts as
with owned as (
    select
        contacts.*,
        case
            when contacts.batch_id in (select batch_id from apart) then contacts.customer_id
            else coalesce(aliases.customer_id, contacts.customer_id)
        end as owner
    from contacts
    left join aliases on contacts.customer_id = aliases.contact
    where contacts.customer_id not in (select customer_id from left_out)
)

select
    batch_id,
    owner as customer_id,
    arg_max(name, (customer_id = owner, customer_id)) as name,
    arg_max(email, (customer_id = owner, customer_id)) as email,
    arg_max(phone, (customer_id = owner, customer_id)) as phone,
    arg_max(region, (customer_id = owner, customer_id)) as region,
    arg_max(manager, (customer_id = owner, customer_id)) as manager,
    arg_max(consent, (customer_id = owner, customer_id)) as consent,
    arg_max(flags, (customer_id = owner, customer_id)) as flags
from owned
group by batch_id, owner;

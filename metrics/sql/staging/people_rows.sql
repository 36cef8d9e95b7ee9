-- one row per row of a file of customers: the contacts that its cells stand for, null for none
create or replace temp table people_rows as
select
    staged.row_no,
    0 as batch_id,
    id_keys.customer_id,
    email_keys.customer_id as email,
    phone_keys.customer_id as phone,
    coalesce(
        staged.name,
        {joined}
    ) as name,
    staged.region,
    staged.manager,
    staged.consent,
    staged.flags,
    staged.reason,
    staged.confirmed_reason,
    staged.fault
from staged
left join id_keys on staged.customer_id = id_keys.written
left join email_keys on staged.email = email_keys.written
left join phone_keys on staged.phone = phone_keys.written
where not staged.is_overlong and staged.n_headers < 2

-- one row per person of a file of customers: of each column the last cell with anything in it
create or replace temp table people as
with keyed as (
    {keyed}
)

select
    arg_max(customer_id, row_no) as customer_id,
    arg_max(email, row_no) as email,
    arg_max(phone, row_no) as phone,
    arg_max(name, row_no) as name,
    arg_max(region, row_no) as region,
    arg_max(manager, row_no) as manager,
    arg_max(consent, row_no) as consent,
    arg_max(flags, row_no) as flags,
    arg_max(reason, row_no) as reason,
    arg_max(confirmed_reason, row_no) as confirmed_reason,
    arg_max(fault, row_no) as fault,
    count(*) as n_rows
from keyed
group by person

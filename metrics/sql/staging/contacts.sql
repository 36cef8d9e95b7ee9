-- one row per customer: the latest value that is not blank in each contact column
create or replace view contacts as
select
    customer_id,
    arg_max(name, (order_at, row_no)) as name,
    lower(arg_max(email, (order_at, row_no))) as email,
    -- 7,9E+10: a spreadsheet has rounded the digits away
    arg_max(
        case when not regexp_full_match(phone, '\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)') then phone end,
        (order_at, row_no)
    ) as phone,
    arg_max(region, (order_at, row_no)) as region,
    arg_max(manager, (order_at, row_no)) as manager,
    arg_max(consent, (order_at, row_no)) as consent,
    arg_max(flags, (order_at, row_no)) as flags,
    arg_max(reason, (order_at, row_no)) as reason,
    arg_max(confirmed_reason, (order_at, row_no)) as confirmed_reason,
    arg_max(fault, (order_at, row_no)) as fault
from accepted
group by customer_id

-- the staged rows, where a row without an amount takes customer, day and status from the first row of its order that
-- has one: its own amount is nought
with bare as (
    select row_number() over () as row_no, coalesce(trim({amount}), '') = '' as is_bare
    from cells
),

rows as (
    select staged.*, bare.is_bare
    from staged
    inner join bare on staged.row_no = bare.row_no
),

firsts as (
    select
        order_id,
        arg_min_null(customer_id, row_no) as customer_id,
        arg_min_null(order_at, row_no) as order_at,
        arg_min_null(status, row_no) as status,
        arg_min_null(more_status, row_no) as more_status,
        arg_min_null(is_void, row_no) as is_void,
        arg_min_null(email, row_no) as email,
        arg_min_null(phone, row_no) as phone,
        arg_min_null(name, row_no) as name,
        arg_min_null(currency, row_no) as currency
    from rows
    where order_id is not null and not is_bare
    group by order_id
)

select
    rows.* exclude (is_bare) replace (
        case when is_bare and firsts.order_id is not null then firsts.customer_id else rows.customer_id end as customer_id,
        case when is_bare and firsts.order_id is not null then firsts.order_at else rows.order_at end as order_at,
        case when is_bare and firsts.order_id is not null then 0 else rows.amount end as amount,
        case when is_bare and firsts.order_id is not null then coalesce(rows.cost, 0) else rows.cost end as cost,
        case when is_bare and firsts.order_id is not null then firsts.status else rows.status end as status,
        case when is_bare and firsts.order_id is not null then firsts.more_status else rows.more_status end as more_status,
        case when is_bare and firsts.order_id is not null then firsts.is_void else rows.is_void end as is_void,
        case when is_bare and firsts.order_id is not null then firsts.email else rows.email end as email,
        case when is_bare and firsts.order_id is not null then firsts.phone else rows.phone end as phone,
        case when is_bare and firsts.order_id is not null then firsts.name else rows.name end as name,
        case when is_bare and firsts.order_id is not null then firsts.currency else rows.currency end as currency
    )
from rows
left join firsts on rows.order_id = firsts.order_id

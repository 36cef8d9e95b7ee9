-- the staged rows, where of several rows of money with one order id only the last counts: the others bring nought
with lasts as (
    select
        order_id,
        customer_id,
        max(row_no) as row_no,
        arg_max_null(order_at, row_no) as order_at,
        arg_max_null(status, row_no) as status,
        arg_max_null(more_status, row_no) as more_status,
        arg_max_null(is_void, row_no) as is_void
    from staged
    where order_id is not null and amount > 0
    group by order_id, customer_id
    having count(*) > 1
)

select
    staged.* replace (
        case when lasts.row_no <> staged.row_no and staged.amount > 0 then 0 else staged.amount end as amount,
        case when lasts.row_no <> staged.row_no and staged.amount > 0 then 0 else staged.cost end as cost,
        case when staged.amount > 0 then coalesce(lasts.order_at, staged.order_at) else staged.order_at end as order_at,
        case when lasts.row_no is not null and staged.amount > 0 then lasts.status else staged.status end as status,
        case when lasts.row_no is not null and staged.amount > 0 then lasts.more_status else staged.more_status end as more_status,
        case when lasts.row_no is not null and staged.amount > 0 then lasts.is_void else staged.is_void end as is_void
    )
from staged
left join lasts on staged.order_id = lasts.order_id and staged.customer_id = lasts.customer_id

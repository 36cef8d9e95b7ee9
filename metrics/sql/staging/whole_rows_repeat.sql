-- one row: whether the rows of money of every order with several are wholly equal
with numbered as (
    select row_number() over () as row_no, {cells} as cells
    from cells
),

orders as (
    select count(distinct numbered.cells) as n_distinct
    from staged
    inner join numbered on staged.row_no = numbered.row_no
    where staged.order_id is not null and staged.amount > 0
    group by staged.order_id, staged.customer_id
    having count(*) > 1
)

select coalesce(bool_and(n_distinct = 1), false) as is_copy
from orders

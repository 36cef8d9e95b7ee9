-- one row: rows without an amount that follow the only row with one in their order, those of them without a date, all
-- rows without an amount in orders that have one, and orders whose amount stands on several rows
with written as (
    select
        row_number() over () as row_no,
        nullif(trim({order_id}), '') as order_id,
        coalesce(trim({amount}), '') = '' as is_bare,
        coalesce(trim({date}), '') = '' as is_dayless
    from cells
),

orders as (
    select
        count(*) filter (is_bare) as n_bare,
        count(*) filter (is_bare and is_dayless) as n_dayless,
        count(*) filter (not is_bare) as n_amounts,
        arg_min(is_bare, row_no) as begins_bare
    from written
    where order_id is not null
    group by order_id
)

select
    coalesce(sum(n_bare) filter (n_amounts = 1 and not begins_bare), 0)::bigint as n_lines,
    coalesce(sum(n_dayless) filter (n_amounts = 1 and not begins_bare), 0)::bigint as n_dayless,
    coalesce(sum(n_bare) filter (n_amounts > 0), 0)::bigint as n_bare,
    count(*) filter (n_amounts > 1) as n_itemised,
    count(*) filter (n_bare > 0) as n_with_bare
from orders

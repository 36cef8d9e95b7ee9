-- one row: orders with more than one row of money; those whose rows all bring the same sum, and those whose rows lie
-- more than a week apart, each with an example
with orders as (
    select
        order_id,
        customer_id,
        count(*) as n_rows,
        min(amount) as amount,
        -- Lines with costs of their own are lines, though they may bring the same.
        min(amount) = max(amount) and min(cost) is not distinct from max(cost) as is_same,
        min(order_at)::date as first_on,
        max(order_at)::date as last_on
    from staged
    where order_id is not null and amount > 0
    group by order_id, customer_id
    having count(*) > 1
)

select
    count(*) as n_orders,
    count(*) filter (is_same) as n_same,
    coalesce(sum(n_rows - 1) filter (is_same), 0)::bigint as n_repeats,
    arg_min(order_id, (order_id, customer_id)) filter (is_same) as example,
    arg_min(n_rows, (order_id, customer_id)) filter (is_same) as example_rows,
    arg_min(amount, (order_id, customer_id)) filter (is_same) as example_amount,
    count(*) filter (last_on - first_on > 7) as n_spread,
    arg_min(order_id, (order_id, customer_id)) filter (last_on - first_on > 7) as spread_example,
    arg_min(first_on, (order_id, customer_id)) filter (last_on - first_on > 7) as spread_first,
    arg_min(last_on, (order_id, customer_id)) filter (last_on - first_on > 7) as spread_last
from orders

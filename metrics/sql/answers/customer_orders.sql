-- one row per order or refund of a customer up to $as_of: when, how much, what
select
    cast(order_at as date) as ordered_on,
    order_id,
    amount,
    is_refund,
    category,
    channel,
    manager
from current_orders
where hash(customer_id) = $customer::ubigint and cast(order_at as date) <= $as_of
order by order_at, order_id;

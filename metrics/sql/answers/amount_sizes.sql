-- one row per file, month and size of order (twentieths of a power of ten) up to $as_of: orders and their amount
select
    batch_id,
    cast(date_trunc('month', order_at) as date) as month,
    cast(floor(log10(amount) * 20) as integer) as size,
    count(*) as orders,
    sum(amount) as amount
from current_orders
where not is_refund and amount > 0 and cast(order_at as date) <= $as_of
group by batch_id, cast(date_trunc('month', order_at) as date), cast(floor(log10(amount) * 20) as integer)
order by size;

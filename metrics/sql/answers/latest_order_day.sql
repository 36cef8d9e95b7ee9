-- one row: the latest day with a counted order, null where there is none
select max(cast(order_at as date)) as day
from current_orders
where not is_refund and (amount > 0 or $count_zero_orders);

-- the orders that count as loaded, where a single file was loaded: one row per order or refund
create view resolved_orders as
select batch_id, order_id, customer_id, order_at, amount, is_refund, n_lines, cost, category, channel, manager, region
from orders;

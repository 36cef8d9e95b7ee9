-- the orders that the figures are made of, where no account is left out: one row per order or refund
create view current_orders as
select batch_id, order_id, customer_id, order_at, amount, is_refund, n_lines, cost, category, channel, manager, region
from {orders};

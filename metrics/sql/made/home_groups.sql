-- one row per customer with a counted order up to $as_of: the group of their latest order that names one, in each column
create or replace table home_groups as
select
    hash(customer_id) as customer,
    arg_max(category, order_at) filter (where category is not null) as category,
    arg_max(channel, order_at) filter (where channel is not null) as channel,
    arg_max(region, order_at) filter (where region is not null) as region
from current_orders
where not is_refund and (amount > 0 or $count_zero_orders) and cast(order_at as date) <= $as_of
group by hash(customer_id)

-- one row: counted orders up to $as_of whose cost is known, their amount and their cost
create or replace table costs as
select
    count(cost) as orders,
    cast(coalesce(sum(amount), 0) as decimal(38, 4)) as amount,
    cast(coalesce(sum(cost), 0) as decimal(38, 4)) as cost
from current_orders
where
    cost is not null
    and not is_refund
    and (amount > 0 or $count_zero_orders)
    and cast(order_at as date) <= $as_of;

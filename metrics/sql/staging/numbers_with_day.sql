-- the staged rows, where an order number is one only together with its day
select staged.* replace (
    case when order_id is not null and order_at is not null then order_id || ' / ' || strftime(order_at, '%Y-%m-%d') else order_id end
        as order_id
)
from staged

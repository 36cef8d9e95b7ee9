-- one row: whether an order id stands on more than one row (equal hashes count as equal: that only costs time)
select count(distinct hash(order_id)) filter (order_id is not null) < count(order_id) as repeats
from staged

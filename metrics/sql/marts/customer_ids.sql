-- one row per customer with an order or a refund: the key that the marts use and the id that the files use
create or replace table customer_ids as
select hash(customer_id) as customer, any_value(customer_id) as customer_id
from current_orders
group by hash(customer_id);

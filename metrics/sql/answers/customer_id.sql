-- one row: the id of the customer with the key $customer, who ordered on the day number $day
select any_value(customer_id) as customer_id
from current_orders
where cast(order_at as date) = date '1970-01-01' + $day and hash(customer_id) = $customer;

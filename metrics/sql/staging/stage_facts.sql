-- one row: what stands in the staged rows, where null means that a cell was blank or could not be read
select
    count(*) as n_rows,
    count(*) - count(customer_id) as n_no_customer,
    count(*) - count(order_at) as n_no_date,
    count(*) - count(amount) as n_no_amount,
    count(*) - count(cost) as n_no_cost,
    count(order_id) as n_order_ids
from staged

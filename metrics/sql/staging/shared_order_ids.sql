-- one row: how many order ids belong to orders of more than one customer
with orders as (
    select order_id, count(distinct customer_id) as n_customers
    from read_parquet($path, hive_partitioning = false)
    where order_id is not null and amount >= 0
    group by order_id
)

select count(*) as n_shared
from orders
where n_customers > 1

-- one row: customers with at least one counted order
select count(distinct customer_id) as n_customers
from read_parquet($path, hive_partitioning = false)
where amount > 0

-- one row per person in the clean file $path of customers: what they are known by
select customer_id, email, phone
from read_parquet($path, hive_partitioning = false);

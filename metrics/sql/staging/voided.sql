-- one row per order id all of whose rows are kept out by their status
select order_id
from accepted
where is_kept_out and order_id is not null
group by order_id
having order_id not in (
    select order_id from read_parquet(getvariable('clean_path'), hive_partitioning = false) where order_id is not null
)

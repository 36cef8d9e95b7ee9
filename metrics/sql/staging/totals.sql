-- one row: the figures of the clean orders
select
    count(*) filter (amount > 0) as orders,
    count(*) filter (amount = 0) as zero_orders,
    count(*) filter (amount < 0) as refunds,
    coalesce(sum(n_lines), 0)::bigint as n_lines,
    coalesce(sum(n_lines - 1) filter (amount = 0), 0)::bigint as zero_merged,
    min(order_at) filter (amount > 0)::date as first_on,
    max(order_at) filter (amount > 0)::date as last_on,
    coalesce(sum(amount) filter (amount > 0), 0) as gross,
    coalesce(sum(amount), 0) as net,
    coalesce(sum(amount) filter (amount < 0), 0) as refunded
from read_parquet($path, hive_partitioning = false)

-- one row per customer of a list: their key, copied to $path
copy (
    select customer
    from segment_base
    where {where}
) to $path (format parquet);

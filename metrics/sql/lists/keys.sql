-- one row per customer of a list: their key, the same with every version of the database, copied to $path
copy (
    select md5_number_lower(customer_id) as customer_key
    from segment_base
    where {where}
) to $path (format parquet);

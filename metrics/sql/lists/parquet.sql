-- one row per customer of a list: {columns} as they are, copied to $path as Parquet
copy (
    select {columns}
    from {listed} as listed
    order by listed.yearly_value desc nulls last, listed.customer
) to $path (format parquet);

-- one row per customer of a list: {columns} as text, copied to $path as a CSV without header
copy (
    select {columns}
    from {listed} as listed
    order by listed.yearly_value desc nulls last, listed.customer
) to $path (format csv, header false, delimiter '{separator}'{quoting});

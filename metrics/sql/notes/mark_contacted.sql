-- one row: how many customers of the list $export_id are marked as contacted, all but $controls
update contacted
set contacted_on = $contacted_on, until = $until
where
    export_id = $export_id
    and customer_key not in (
        select md5_number_lower(controls.name)
        from (
            select unnest($controls::varchar[]) as name
        ) as controls
    );

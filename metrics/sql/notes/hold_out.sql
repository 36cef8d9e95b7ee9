-- one row: how many customers, $controls, are held out of the campaign of the list $export_id
insert into contacted
select
    $export_id as export_id,
    md5_number_lower(name) as customer_key,
    $contacted_on as contacted_on,
    $until as until,
    true as is_control
from (
    select distinct unnest($controls::varchar[]) as name
);

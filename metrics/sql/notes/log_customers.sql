-- one row: how many customers are on the list $export_id; their keys are the same with every version of the database
insert into contacted
select
    $export_id as export_id,
    md5_number_lower(customer_id) as customer_key,
    null as contacted_on,
    null as until,
    false as is_control
from segment_base
where {where};

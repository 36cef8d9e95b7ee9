-- one row: how many customers are on the list $export_id, whose keys are in the file $path
insert into contacted
select
    $export_id as export_id,
    customer_key,
    null as contacted_on,
    null as until,
    false as is_control
from read_parquet($path, hive_partitioning = false);

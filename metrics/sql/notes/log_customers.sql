-- one row: how many customers are on the list $export_id, whose keys are in the file $path
insert into listed
select
    $export_id as export_id,
    customer
from read_parquet($path, hive_partitioning = false);

-- the people of a file of customers: what a column of the file leaves blank is '', what no row says is null
-- So that a later file speaks for the columns that it has, and for no other.
insert into people by name
with given as (
    select * from read_parquet($path, hive_partitioning = false)
),

columns as (
    select
        count(name) > 0 as has_name,
        count(region) > 0 as has_region,
        count(manager) > 0 as has_manager,
        count(consent) > 0 as has_consent,
        count(flags) > 0 as has_flags
    from given
)

select
    cast($batch_id as integer) as batch_id,
    customer_id,
    email,
    phone,
    case when has_name then coalesce(name, '') end as name,
    case when has_region then coalesce(region, '') end as region,
    case when has_manager then coalesce(manager, '') end as manager,
    case when has_consent then coalesce(consent, '') end as consent,
    case when has_flags then coalesce(flags, '') end as flags
from given
cross join columns;

-- one row: how many customers of the list $export_id are marked as contacted, all but $controls
-- Their keys are the same with every version of the database, and whatever orders come and go.
insert into contacted
select
    $export_id as export_id,
    md5_number_lower(identities.customer_id) as customer_key,
    $contacted_on as contacted_on,
    $until as until,
    false as is_control
from listed
inner join identities on listed.customer = identities.customer
where listed.export_id = $export_id and not list_contains($controls::varchar[], identities.customer_id);

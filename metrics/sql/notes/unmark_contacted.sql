-- one row: how many customers of the list $export_id lose their mark as contacted
update contacted
set contacted_on = null, until = null
where export_id = $export_id and not is_control and contacted_on is not null;

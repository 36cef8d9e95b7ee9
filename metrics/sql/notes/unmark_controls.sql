-- one row: how many customers are no longer held out of the campaign of the list $export_id
delete from contacted
where export_id = $export_id and is_control;

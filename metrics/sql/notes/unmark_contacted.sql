-- one row: how many marks of the list $export_id are taken back, as contacted ($is_control false) or as held out
delete from contacted
where export_id = $export_id and is_control = $is_control;

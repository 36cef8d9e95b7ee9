-- one row: how many keys are forgotten: those of lists that nobody marked, but for the latest ones
delete from listed
where
    export_id not in (select export_id from exports order by export_id desc limit $kept)
    and export_id not in (select export_id from contacted);

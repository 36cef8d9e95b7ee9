-- one row per entry that is taken off the suppression list: named as it would be added, or as it is shown
delete from suppressed
where
    (kind, key) in (select (unnest($kinds::varchar[]), unnest($keys::varchar[])))
    or key in (select unnest($shown::varchar[]))
returning kind;

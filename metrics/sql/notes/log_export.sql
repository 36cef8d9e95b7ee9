-- one row: the number of the list that is noted
insert into exports
select
    coalesce(max(export_id), 0) + 1 as export_id,
    $now::timestamp as made_at,
    $target as target,
    $customers as customers,
    $filter as filter,
    $content_hash as content_hash
from exports
returning export_id;

-- one row per entry of the suppression list, latest first: a page of them
select kind, key, max(added_at) as added_at
from suppressed
group by kind, key
order by added_at desc, kind, key
limit $row_limit
offset $row_offset;

-- one row per entry that is new on the suppression list: its kind; what is on it already stays as it is
insert into suppressed
with given as (
    select
        unnest($kinds::varchar[]) as kind,
        unnest($keys::varchar[]) as key,
        unnest($ids::varchar[]) as also_id
)

select distinct kind, key, also_id, $now::timestamp as added_at
from given
where
    (kind, key, coalesce(also_id, '')) not in (
        select (suppressed.kind, suppressed.key, coalesce(suppressed.also_id, '')) from suppressed
    )
returning kind;

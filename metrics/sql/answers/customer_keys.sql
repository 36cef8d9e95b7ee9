-- one row per key of a customer that is named by id, e-mail or phone; names of nobody give keys of nobody
with named as (
    select trim(unnest($names::varchar[])) as name
)

select hash(name) as customer from named
union
select hash(lower(name)) as customer from named
union
select customer
from profiles
where
    customer is not null
    and (lower(email) in (select lower(name) from named) or phone in (select name from named));

-- one row per customer who is on the suppression list under one of $keys
create or replace table suppressed_customers as
select distinct customer
from contact_keys
where key in (select hash(unnest($keys::varchar[])));

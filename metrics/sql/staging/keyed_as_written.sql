-- one row per staged row: every customer cell already is its key
create or replace view keyed as
select *, customer_id as customer_key
from staged

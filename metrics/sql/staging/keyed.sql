-- one row per staged row with the key of its customer, null for "no customer"
create or replace view keyed as
select staged.*, customer_keys.customer_id as customer_key
from staged
left join customer_keys on staged.customer_id = customer_keys.written

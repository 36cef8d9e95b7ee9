-- one row where the files say of any customer whether they may be written to, else none
select customer
from customer_facts
where consent <> 'unknown'
limit 1;

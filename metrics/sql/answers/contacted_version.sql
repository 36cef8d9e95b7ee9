-- one row: what changes with the marks of who was contacted
select count(*) as marks, bit_xor(hash(export_id, customer_key, contacted_on, until, is_control)) as content
from contacted;

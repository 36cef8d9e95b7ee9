-- one row: what changes with the suppression list
select count(*) as entries, bit_xor(hash(kind, key, also_id)) as content
from suppressed;

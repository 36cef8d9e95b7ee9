-- one row per entry of the suppression list as it is kept
select kind, key, also_id
from suppressed;

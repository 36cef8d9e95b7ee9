-- one row per set of headers: what a person chose for files with them, as JSON
select header_key, json
from mappings

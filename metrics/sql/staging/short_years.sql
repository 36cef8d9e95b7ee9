-- one row per day that a column writes as three numbers of up to two digits (24/01/05), which may begin with its year
select distinct regexp_extract({cell}, '^\s*(\d{1,2}[-/.]\d{1,2}[-/.]\d{2})(?:\D|$)', 1) as written
from cells
where regexp_matches({cell}, '^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?:\D|$)')
limit 50000

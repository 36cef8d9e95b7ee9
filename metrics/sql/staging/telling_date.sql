-- at most one row: a date like 13/02/2009 or 02/13/2009, which tells whether the column has the day or the month first
select {cell} as written
from cells
where regexp_matches({cell}, '^\s*(?:(?:1[3-9]|[23]\d)[-/]\d{1,2}|\d{1,2}[-/](?:1[3-9]|[23]\d))[-/]\d')
limit 1

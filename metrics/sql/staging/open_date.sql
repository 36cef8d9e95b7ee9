-- at most one row: a date like 01/12/2009, which does not tell whether the column has the day or the month first
with parts as (
    select
        {cell} as written,
        try_cast(regexp_extract({cell}, '^\s*(\d{1,2})[-/]', 1) as integer) as first_part,
        try_cast(regexp_extract({cell}, '^\s*\d{1,2}[-/](\d{1,2})[-/]', 1) as integer) as second_part
    from cells
)

select written
from parts
where first_part <= 12 and second_part <= 12 and first_part <> second_part
limit 1

-- one row: how many dates of a column like 01/12/2009 prove day first or month first, and one that leaves it open
with parts as (
    select
        {cell} as written,
        try_cast(regexp_extract({cell}, '^\s*(\d{1,2})[-/]', 1) as integer) as first_part,
        try_cast(regexp_extract({cell}, '^\s*\d{1,2}[-/](\d{1,2})[-/]', 1) as integer) as second_part
    from cells
)

select
    count(*) filter (first_part > 12) as n_day_first,
    count(*) filter (second_part > 12) as n_month_first,
    min(written) filter (first_part <= 12 and second_part <= 12 and first_part <> second_part) as open_example
from parts

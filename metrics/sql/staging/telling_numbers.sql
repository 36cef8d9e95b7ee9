-- up to 1,000 rows: numbers of a column that are not of the shape 1,234 or 1.234 and so may show the decimal mark
select distinct {cell} as written
from cells
where
    {cell} is not null
    and (contains({cell}, ',') or contains({cell}, '.'))
    and not regexp_full_match(trim({cell}), '[^0-9]*[1-9]\d{0,2}[.,]\d{3}[^0-9]*')
limit 1000

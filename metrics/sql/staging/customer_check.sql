-- one row: how many customers are written in the file, and how many of them are not yet the key they stand for
with written as materialized (
    select customer_id as written
    from staged
    where customer_id is not null
    group by all
),

-- Letters and digits that are not all noughts are the key themselves: nearly every id is spared the long look.
doubtful as (
    select
        written,
        trim(written, $blanks) as trimmed,
        lower(trim(written, $blanks)) as lowered
    from written
    where $kind not in ('id', 'name') or not regexp_full_match(written, '(?:[A-Za-z]{1,8}[-_]?)?\d*[1-9]\d*')
)

select
    (select count(*) from written) as n_customers,
    count(*) filter (
        trimmed <> written
        or lowered in (select unnest($placeholders::varchar[]))
        or regexp_full_match(lowered, $totals)
        -- 0000 and ??? are nobody, 12362.0 and ="00123" are not the ids yet, of 7,9E+10 the digits are gone
        or regexp_full_match(lowered, '0+(?:[.,]0+)?|[-–—_.?*…#~/|=+\s]*|\d+[.,]0+|=.*|\d(?:[.,]\d+)?e\+(?:0[6-9]|[1-9]\d)')
        or ($kind = 'email' and (lowered <> written or regexp_matches(written, '[\s<>;,:"]')))
        or $kind = 'phone'
    ) as n_unclean
from doubtful

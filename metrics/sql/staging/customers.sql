-- one row per person as written in {column}: the key it stands for, null for nobody; $kind is id, email, phone or name
create or replace temp table {keys} as
with written as (
    select
        {column} as written,
        trim(regexp_replace(trim({column}, $blanks), '^=\s*"(.*)"$', '\1'), $blanks) as trimmed,
        bool_or(order_at is not null and amount is not null) as has_order
    from staged
    where {column} is not null
    group by all
),

judged as (
    select
        *,
        lower(trimmed) in (select unnest($placeholders::varchar[]))
        or regexp_full_match(lower(trimmed), $totals)
        or regexp_full_match(trimmed, '0+(?:[.,]0+)?|[-–—_.?*…#~/|=+\s]*')
        -- a long number that a spreadsheet has rounded: 7,9E+10
        or regexp_full_match(trimmed, '\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)') as is_nobody,
        regexp_full_match(trimmed, '\d+[.,]0+') as is_float,
        regexp_full_match(trimmed, '[1-9]\d*') as is_whole
    from written
),

-- Headers repeated inside and notes say nothing about the column.
column_kind as (
    select coalesce(bool_and(is_float or is_whole) filter (has_order and not is_nobody), false) as is_number
    from judged
),

digits as (
    select
        *,
        regexp_extract(lower(trimmed), '[^\s<>;,:"]+@[^\s<>;,:"]+') as email,
        regexp_replace(
            regexp_replace(lower(trimmed), '\.0+$|\s*(?:доб|вн|ext|x|#|;)\W*\d+$', ''), '\D', '', 'g'
        ) as digits
    from judged
)

select
    written,
    case
        when is_nobody then null
        when $kind = 'email' and email <> '' then email
        when $kind = 'email' then lower(trimmed)
        when $kind = 'phone' and strlen(digits) < 5 then null
        -- no country code begins with 89, so this can only be a Russian number dialled at home
        when $kind = 'phone' and regexp_full_match(digits, '89\d{9}') then '+7' || digits[2:]
        when $kind = 'phone' and regexp_full_match(digits, '79\d{9}') then '+' || digits
        when $kind = 'phone' and trimmed like '+%' then '+' || digits
        when $kind = 'phone' and digits like '00%' then '+' || digits[3:]
        when $kind = 'phone' then digits
        when is_float and (select is_number from column_kind) then regexp_replace(trimmed, '[.,]0+$', '')
        else trimmed
    end as customer_id
from digits

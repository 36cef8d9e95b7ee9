-- one row per person as written in {column}: the key it stands for, null for nobody; $kind is id, email, phone or name
create or replace temp table {keys} as
with written as (
    select {column} as written, trim({column}, $blanks) as trimmed
    from staged
    where {column} is not null
    group by all
),

judged as (
    select
        written,
        trimmed,
        lower(trimmed) in (select unnest($placeholders::varchar[])) as is_nobody,
        regexp_full_match(trimmed, '\d+\.0+') as is_float
    from written
),

column_kind as (
    select coalesce(bool_and(is_float) filter (not is_nobody), false) as is_float
    from judged
),

digits as (
    select *, regexp_replace(trimmed, '\D', '', 'g') as digits
    from judged
)

select
    written,
    case
        when is_nobody or regexp_full_match(lower(trimmed), $totals) then null
        when $kind = 'email' then lower(trimmed)
        when $kind = 'phone' and strlen(digits) < 5 then null
        -- no country code begins with 89, so this can only be a Russian number dialled at home
        when $kind = 'phone' and regexp_full_match(digits, '89\d{9}') then '+7' || digits[2:]
        when $kind = 'phone' and regexp_full_match(digits, '79\d{9}') then '+' || digits
        when $kind = 'phone' and trimmed like '+%' then '+' || digits
        when $kind = 'phone' and digits like '00%' then '+' || digits[3:]
        when $kind = 'phone' then digits
        when (select is_float from column_kind) then regexp_replace(trimmed, '\.0+$', '')
        else trimmed
    end as customer_id
from digits

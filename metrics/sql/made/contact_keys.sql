-- one row per customer and key by which an entry of the suppression list may mean them (`matches` of contact_matches.py)
-- $customers and $keys: those of the texts whose usual form no pattern tells.
create or replace table contact_keys as
with texts as (
    select
        *,
        case when is_email then lower(trim(written)) end as email,
        case
            when kind = 'phone' and regexp_full_match(written, '\+[1-9][0-9]{6,14}') then written
            when kind = 'phone' or not regexp_matches(written, '[\p{L}@]') then phone_key(written)
        end as number,
        regexp_replace(lower(trim(ltrim(trim(written), ''''))), '^(\d+)\.0+$', '\1') as id
    from contact_texts
),

parts as (
    select
        *,
        split_part(email, '@', 2) in ('gmail.com', 'googlemail.com') as is_gmail,
        replace(split_part(split_part(email, '@', 1), '+', 1), '.', '') as box,
        right(ltrim(ltrim(number, '+'), '0'), 9) as ending
    from texts
),

told as (
    select
        customer,
        unnest([
            case when kind = 'id' then 'id ' || id end,
            case
                when kind = 'phone' or email is null then null
                when is_gmail then 'email ' || coalesce(nullif(box, ''), split_part(email, '@', 1)) || '@gmail.com'
                else 'email ' || email
            end,
            case when number like '+%' then 'full ' || number[2] || right(number[2:], 10) end,
            case
                when number like '+%' then 'end ' || ending
                when kind = 'id' then 'id phone ' || ending
                else 'phone ' || ending
            end
        ]) as key
    from parts

    union all

    select unnest($customers::ubigint[]) as customer, unnest($keys::varchar[]) as key
)

select distinct customer, hash(key) as key
from told
where key is not null;

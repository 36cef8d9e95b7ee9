-- one row per row of the file that was not accepted: its cells as text and the one reason why; fully blank rows are no rows
create or replace temp table rejects as
with incomplete as materialized (
    select row_no, order_at, amount, currency, customer_id as written_customer, customer_key as customer_id
    from keyed
    where
        (customer_key is null or order_at is null or amount is null)
        and not is_void
        and not exists (
            select 1
            from kept_out
            where kept_out.status is not distinct from keyed.status and kept_out.more_status is not distinct from keyed.more_status
        )
),

numbered as (
    select row_number() over () as row_no, *
    from cells
),

refused as (
    select
        incomplete.*,
        numbered.is_overlong,
        {cells} as cells,
        {date} as written_at,
        {amount} as money
    from numbered
    inner join incomplete on numbered.row_no = incomplete.row_no
),

last_accepted as (
    select coalesce(max(row_no), 0) as row_no
    from accepted
),

looked_at as (
    select
        refused.*,
        len(list_filter(cells, lambda c: trim(coalesce(c, ''), $blanks) <> '')) as n_filled,
        len(list_filter(
            list_zip(cells, $headers::varchar[]),
            lambda pair: lower(replace(trim(pair[1], $blanks), '_', ' ')) = lower(replace(pair[2], '_', ' '))
        )) as n_headers,
        cells = list_transform(range(1, len(cells) + 1), lambda place: place::varchar) as is_numbering,
        len(list_filter(cells, lambda c: regexp_matches(c, '\p{L}.*\s|\s.*\p{L}|^[\p{L}:.]+$'))) as n_notes,
        len(list_filter(cells, lambda c: regexp_full_match(c, '[-=+_*|\s]*'))) as n_rules,
        len(list_filter(cells, lambda c: regexp_matches(lower(coalesce(c, '')), $totals))) as n_totals,
        refused.row_no > last_accepted.row_no as is_after_all
    from refused
    cross join last_accepted
)

select
    row_no,
    cells,
    amount,
    case
        when n_filled = 0 then 'blank'
        when is_overlong then 'too_many_cells'
        when (n_headers >= 2 and n_headers * 2 >= n_filled) or is_numbering then 'repeated_header'
        when n_totals > 0 then 'total_row'
        -- a lone number under the amounts
        when n_filled = 1 and amount is not null then 'total_row'
        when is_after_all and order_at is null and amount is null and n_filled <= greatest(1, len(cells) / 3) then 'footer_row'
        -- a title between the pages, a note of two cells below the table
        when n_notes > 0 and customer_id is null and amount is null and len(cells) > 3
            and (n_filled = 1 or (is_after_all and n_filled <= len(cells) / 2)) then 'footer_row'
        when n_filled > 1 and n_rules = len(cells) then 'footer_row'
        when regexp_full_match(trim(written_customer, $blanks), '\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)') then 'phone_digits_lost'
        when customer_id is null then 'no_customer'
        when order_at is null and lower(trim(coalesce(written_at, ''), $blanks)) in (select unnest($placeholders::varchar[])) then 'no_date'
        when order_at is null and written_at in (select written from far_dates) then 'date_out_of_range'
        when order_at is null then 'bad_date'
        when amount is null and currency in (select written from rates where rate is null) then 'other_currency'
        when lower(trim(coalesce(money, ''), $blanks)) in (select unnest($placeholders::varchar[])) then 'no_amount'
        else 'bad_amount'
    end as reason
from looked_at

-- one row per row of a file of customers that names nobody: its cells as text and the one reason why; blank rows are none
create or replace temp table rejects as
with numbered as (
    select row_number() over () as row_no, is_overlong, {cells} as cells
    from cells
),

looked_at as (
    select
        numbered.*,
        len(list_filter(cells, lambda c: trim(coalesce(c, ''), $blanks) <> '')) as n_filled,
        len(list_filter(list_zip(cells, $headers::varchar[]), lambda pair: trim(pair[1], $blanks) = pair[2])) as n_headers,
        len(list_filter(cells, lambda c: regexp_matches(lower(coalesce(c, '')), $totals))) as n_totals
    from numbered
    where row_no not in (
        select row_no
        from people_rows
        where coalesce(customer_id, email, phone) is not null
    )
)

select
    row_no,
    cells,
    null::decimal(18, 4) as amount,
    case
        when n_filled = 0 then 'blank'
        when is_overlong then 'too_many_cells'
        when n_headers >= 2 and n_headers * 2 >= n_filled then 'repeated_header'
        when n_totals > 0 then 'total_row'
        else 'no_contact'
    end as reason
from looked_at

-- one row per row of the file that is of an order with a rejected row and was not rejected itself: a later file replaces
-- an order as a whole, so that the mended row must bring the others along
insert into rejects
with numbered as (
    select row_number() over () as row_no, *
    from cells
),

written as (
    select row_no, {order_id}
    from numbered
),

torn as (
    select distinct written.order_id
    from written
    inner join rejects on written.row_no = rejects.row_no
    where
        written.order_id is not null
        and rejects.reason not in ('blank', 'repeated_header', 'total_row', 'footer_row')
),

others as (
    select written.row_no
    from written
    semi join torn on written.order_id = torn.order_id
    anti join rejects on written.row_no = rejects.row_no
)

select numbered.row_no, {cells} as cells, null as amount, 'same_order' as reason
from numbered
inner join others on numbered.row_no = others.row_no

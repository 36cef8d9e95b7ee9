-- one row per row of a file of customers: the cells of its columns as text, null where they are blank
-- The day and the amount stand in for those of orders, which a row of this file has no need of.
create or replace temp table staged as
select
    row_number() over () as row_no,
    is_overlong,
    {headers} as n_headers,
    {columns},
    date '2000-01-01' as order_at,
    0 as amount
from cells

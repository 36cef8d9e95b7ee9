-- one row: rows with an amount below zero, the first such amount, and the statuses beside them
select
    count(*) as n_rows,
    arg_min(amount, row_no) as example,
    list(distinct status) filter (status is not null) as statuses
from staged
where amount < 0

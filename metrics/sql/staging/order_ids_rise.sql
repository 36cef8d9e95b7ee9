-- one row: how many order ids do not follow the one before them; at most a few means that the file is in their order
with neighbours as (
    select order_id, lag(order_id) over () as before
    from staged
)

select count(*) filter (
    before is not null
    and (strlen(order_id) < strlen(before) or (strlen(order_id) = strlen(before) and order_id <= before))
) as n_not_rising
from neighbours

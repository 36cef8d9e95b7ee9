-- one row: how many staged rows have the label of a total for an order id (numbers are spared the pattern)
select count(*) as n_totals
from staged
where
    order_id >= 'A'
    and customer_id is not null
    and contains(getvariable('total_initials'), order_id[:1])
    and regexp_full_match(lower(trim(order_id)), getvariable('total_label'))

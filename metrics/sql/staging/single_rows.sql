-- one row per accepted row: no order id stands on two rows, so nothing is merged
create or replace view clean as
select
    order_id,
    customer_id,
    order_at,
    amount,
    amount < 0 as is_refund,
    1::integer as n_lines,
    cost,
    status,
    category,
    channel,
    manager,
    region
from accepted
where not is_kept_out

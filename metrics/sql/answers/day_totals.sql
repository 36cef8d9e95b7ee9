-- one row per day with an order or a refund; money in whole ten-thousandths
select
    day,
    orders,
    first_orders,
    cast(cast(gross as decimal(28, 4)) * 10000 as bigint) as gross,
    cast(cast(refunds as decimal(28, 4)) * 10000 as bigint) as refunds
from day_totals;

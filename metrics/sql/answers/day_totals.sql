-- one row per day with an order or a refund; money in whole ten-thousandths
select
    day, orders, first_orders, cast(gross * 10000 as bigint) as gross, cast(refunds * 10000 as bigint) as refunds
from day_totals;

-- one row: orders whose cost is known; money in whole ten-thousandths
select
    orders,
    cast(cast(amount as decimal(28, 4)) * 10000 as bigint) as amount,
    cast(cast(cost as decimal(28, 4)) * 10000 as bigint) as cost
from costs;

-- one row: orders whose cost is known; money in whole ten-thousandths
select orders, cast(amount * 10000 as bigint) as amount, cast(cost * 10000 as bigint) as cost
from costs;

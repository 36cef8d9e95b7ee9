-- one row per last order day, one-time and repeat buyers apart; money in whole ten-thousandths
select last_day, is_repeat, customers, cast(cast(yearly_value as decimal(28, 4)) * 10000 as bigint) as yearly_value
from last_day_histogram;

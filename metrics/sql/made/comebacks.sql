-- one row per gap whose end is still to be watched for some lost threshold: the thresholds, from and to, for which the
-- customer was lost within it and returned less than that many days before the end of $today
-- For one threshold a customer has at most one: a second return within so few days would follow too short a gap.
create or replace table comebacks as
select customer, $today - next_day + 1 as from_days, next_day - day - 2 as to_days
from steps
where next_day - day - 2 >= $today - next_day + 1;

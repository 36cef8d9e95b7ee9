-- one row per customer who is held out of a campaign that runs on $today, or was contacted less than $cool_down days ago
select customer
from contacted_customers
where held_until >= $today or $today - contacted_on < $cool_down;

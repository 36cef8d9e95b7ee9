-- one row per customer who is held out of a running campaign ($today on or before its end) or was contacted less than
-- $cool_down days ago
select
    customer,
    coalesce(held_until >= $today, false) as is_held_out,
    coalesce($today - contacted_on < $cool_down, false) as is_contacted
from contacted_customers
where held_until >= $today or $today - contacted_on < $cool_down
order by customer;

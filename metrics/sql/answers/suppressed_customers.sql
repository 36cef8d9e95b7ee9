-- one row per customer on the suppression list
select customer
from suppressed_customers;

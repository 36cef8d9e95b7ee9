-- one row per cell of the gap histogram
select order_number, day, length, customers
from gap_histogram;

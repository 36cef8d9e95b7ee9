-- one row: the customer $customer as segments see them
select *
from segment_base
where customer = $customer::ubigint;

-- one row per customer who meets {where}, in the order of {order}: a page of them
select *
from segment_base
where {where}
order by {order}, customer
limit $row_limit
offset $row_offset;

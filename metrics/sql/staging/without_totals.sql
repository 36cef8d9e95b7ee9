-- the staged rows, where a row whose order id is the label of a total is of no customer
select
    * replace (
        case
            when not regexp_full_match(lower(trim(coalesce(order_id, ''))), getvariable('total_label')) then customer_id
        end as customer_id
    )
from staged

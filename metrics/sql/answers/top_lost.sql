-- one row per customer lost on $today whose loss day is on or after $window_start: the highest yearly value first
with lost as (
    select
        customer,
        last_day,
        last_day + $lost_after_days + 1 as lost_day,
        orders,
        yearly_value
    from customers
    where $today - last_day > $lost_after_days and last_day + $lost_after_days + 1 >= $window_start
),

named as (
    select lost.*, customer_ids.customer_id
    from lost
    inner join customer_ids on lost.customer = customer_ids.customer
    order by lost.yearly_value desc, customer_ids.customer_id
    limit $row_limit
),

names as (
    select customer_id, arg_max(name, batch_id) as name
    from contacts
    where name is not null and customer_id in (select customer_id from named)
    group by customer_id
)

select
    named.customer_id,
    names.name,
    named.last_day,
    named.lost_day,
    $today - named.last_day as silence,
    named.orders,
    named.yearly_value
from named
left join names on named.customer_id = names.customer_id
order by named.yearly_value desc, named.customer_id;

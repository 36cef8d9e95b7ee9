-- one row per customer lost on $today whose loss day is on or after $window_start: the highest yearly value first
-- The marts know customers by their key; the ids of the few that are shown come from the orders of their last days.
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

candidates as (
    select *
    from lost
    qualify rank() over (order by yearly_value desc) <= $row_limit
),

ids as (
    select candidates.customer, any_value(current_orders.customer_id) as customer_id
    from current_orders
    inner join candidates
        on
            cast(current_orders.order_at as date) = date '1970-01-01' + candidates.last_day
            and hash(current_orders.customer_id) = candidates.customer
    group by candidates.customer
),

named as (
    select candidates.*, ids.customer_id
    from candidates
    inner join ids on candidates.customer = ids.customer
    order by candidates.yearly_value desc, ids.customer_id
    limit $row_limit
),

names as (
    select customer_id, arg_max(name, batch_id) as name
    from known_contacts
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

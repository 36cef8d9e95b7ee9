-- one row per customer: id, contacts and manager as far as known, the category of the latest order
-- The manager is the one that the contacts name, else the one of the latest order.
create or replace table identities as
with latest as (
    select
        customers.customer,
        arg_max(current_orders.customer_id, current_orders.order_at) as customer_id,
        arg_max(current_orders.category, current_orders.order_at) as category,
        arg_max(current_orders.manager, current_orders.order_at) as manager
    from current_orders
    inner join customers
        on
            hash(current_orders.customer_id) = customers.customer
            and cast(cast(current_orders.order_at as date) - date '1970-01-01' as integer) = customers.last_day
    where not current_orders.is_refund
    group by customers.customer
)

select
    latest.customer,
    latest.customer_id,
    latest.category,
    coalesce(profiles.manager, latest.manager) as manager,
    profiles.name,
    profiles.email,
    profiles.phone,
    profiles.has_consent
from latest
left join profiles on latest.customer = profiles.customer;

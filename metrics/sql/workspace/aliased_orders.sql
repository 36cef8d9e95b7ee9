-- the resolved orders, those that go by a contact under the customer whose it is: one row per order or refund
-- An account that was left out under its contact stays so.
create or replace view aliased_orders as
select
    resolved_orders.* replace (
        case
            when resolved_orders.batch_id in (select batch_id from apart) then resolved_orders.customer_id
            else coalesce(aliases.customer_id, resolved_orders.customer_id)
        end as customer_id
    )
from resolved_orders
left join aliases on resolved_orders.customer_id = aliases.contact
where resolved_orders.customer_id not in (select customer_id from left_out);

-- one row per customer of $customers: who they are and what they bought
select
    customers.customer,
    identities.customer_id,
    identities.name,
    customers.last_day,
    customers.orders,
    customers.yearly_value,
    identities.category,
    identities.manager,
    identities.email,
    identities.phone,
    identities.has_consent
from customers
inner join identities on customers.customer = identities.customer
where customers.customer in (select unnest($customers::ubigint[]));

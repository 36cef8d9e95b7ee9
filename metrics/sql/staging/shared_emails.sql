-- customer numbers that share an e-mail with another one
select email_keys.customer_id as email, customer_keys.customer_id
from staged
inner join customer_keys on staged.customer_id = customer_keys.written
inner join email_keys on staged.email = email_keys.written
inner join email_owners on email_keys.customer_id = email_owners.key
where email_owners.n_customers > 1 and customer_keys.customer_id is not null
group by all

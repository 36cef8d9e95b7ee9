-- one row per person and customer with a counted order who may be one: rank 1 by number, 2 by e-mail, 3 by phone, 4 by
-- the end of a phone that only one of the two has with its country code
create or replace table candidates as
select 1 as rank, person, hash(customer_id) as customer, customer_id
from persons
where customer_id is not null

union all

-- A customer without a number goes by the e-mail or the phone itself.
select 2 as rank, person, hash(email) as customer, email as customer_id
from persons
where email is not null

union all

select 2 as rank, persons.person, order_contacts.customer, order_contacts.customer_id
from persons
inner join order_contacts on persons.email = order_contacts.email

union all

select 3 as rank, person, hash(phone) as customer, phone as customer_id
from persons
where phone is not null

union all

select 3 as rank, persons.person, order_contacts.customer, order_contacts.customer_id
from persons
inner join order_contacts on persons.phone = order_contacts.phone

union all

select 4 as rank, persons.person, order_contacts.customer, order_contacts.customer_id
from persons
inner join order_contacts
    on
        right(persons.phone, 9) = right(order_contacts.phone, 9)
        and (persons.phone like '+%') <> (order_contacts.phone like '+%')
        and strlen(persons.phone) >= 9
        and strlen(order_contacts.phone) >= 9;

delete from candidates
where customer not in (select customer from customers);

create or replace table person_customers (person varchar, customer ubigint, customer_id varchar);

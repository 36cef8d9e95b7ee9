-- persons joined to customers by the $rank-th way: nobody twice, the first of several by their texts
insert into person_customers
with free as (
    select person, customer, customer_id
    from candidates
    where
        rank = $rank
        and person not in (select person from person_customers)
        and customer not in (select customer from person_customers)
),

one_person as (
    select *
    from free
    qualify row_number() over (partition by customer order by person) = 1
)

select person, customer, customer_id
from one_person
qualify row_number() over (partition by person order by customer_id) = 1;

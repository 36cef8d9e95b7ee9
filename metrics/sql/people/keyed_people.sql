-- one row per person and file of customers: as the file has them, with the person they are, without accounts left out
create or replace table keyed_people as
with kept as (
    select *
    from people
    where
        coalesce(customer_id, '') not in (select customer_id from left_out)
        and coalesce(email, '') not in (select customer_id from left_out)
        and coalesce(phone, '') not in (select customer_id from left_out)
)

select *
from (
    {keyed}
);

create or replace table person_rows as
select distinct batch_id, person
from keyed_people;

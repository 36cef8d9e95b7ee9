-- one row per person of all files of customers: of each column what the latest file that has it says
create or replace table persons as
select
    person,
    arg_max(customer_id, (batch_id, customer_id)) as customer_id,
    arg_max(email, (batch_id, email)) as email,
    arg_max(phone, (batch_id, phone)) as phone,
    nullif(arg_max(name, (batch_id, name)), '') as name,
    nullif(arg_max(region, (batch_id, region)), '') as region,
    nullif(arg_max(manager, (batch_id, manager)), '') as manager,
    nullif(arg_max(consent, (batch_id, consent)), '') as consent,
    nullif(arg_max(flags, (batch_id, flags)), '') as flags
from keyed_people
group by person;

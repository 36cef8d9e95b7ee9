-- the contacts that came with orders: one row per file and customer
create or replace view known_contacts as
select *
from contacts;

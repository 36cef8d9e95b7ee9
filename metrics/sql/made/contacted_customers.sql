-- one row per customer who was contacted, or held out of a campaign: when last, and up to when
create or replace table contacted_customers as
select
    identities.customer,
    max(contacted.contacted_on) filter (where not contacted.is_control) as contacted_on,
    max(contacted.until) filter (where contacted.is_control) as held_until
from identities
inner join contacted on md5_number_lower(identities.customer_id) = contacted.customer_key
group by identities.customer;

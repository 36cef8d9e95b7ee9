-- one row: how many customers meet {where}, what they bring a year, and how many have an e-mail and a phone
select
    count(*) as customers,
    cast(coalesce(sum(yearly_value), 0) as decimal(38, 4)) as yearly_value,
    count(email) as emails,
    count(phone) as phones
from segment_base
where {where};

-- one row: people known by their contacts who have no counted order
select count(*) as customers
from profiles
where is_potential;

-- one row per customer of a list: {columns}, the highest yearly value first
select {columns}
from {listed} as listed
order by listed.yearly_value desc nulls last, listed.customer;

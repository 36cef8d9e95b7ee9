-- the staged rows with orders above zero, where the file writes all of them below it
select staged.* replace (-amount as amount, amount > 0 as is_refund, {cost} as cost)
from staged

-- one row: how many rows of the file $batch_id were there already, in files loaded before it
with by_id as (
    select count(*) as n_rows
    from orders as incoming
    where
        incoming.batch_id = $batch_id
        and exists (
            select 1
            from orders as earlier
            where
                earlier.batch_id < $batch_id
                and earlier.order_id = incoming.order_id
                and earlier.is_refund = incoming.is_refund
        )
),

copies as (
    select batch_id, customer_id, order_at, amount, count(*) as n_copies
    from orders
    where order_id is null and batch_id <= $batch_id
    group by batch_id, customer_id, order_at, amount
),

held as (
    select customer_id, order_at, amount, max(n_copies) as n_copies
    from copies
    where batch_id < $batch_id
    group by customer_id, order_at, amount
),

by_content as (
    select coalesce(sum(least(incoming.n_copies, held.n_copies)), 0) as n_rows
    from copies as incoming
    inner join held
        on
            incoming.customer_id = held.customer_id
            and incoming.order_at = held.order_at
            and incoming.amount = held.amount
    where incoming.batch_id = $batch_id
)

select cast(by_id.n_rows + by_content.n_rows as bigint) as n_rows
from by_id
cross join by_content;

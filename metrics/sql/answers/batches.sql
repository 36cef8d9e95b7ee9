-- one row per loaded file: what it holds and how much of it still counts
with held as (
    select
        batch_id,
        count(*) filter (where not is_refund) as orders,
        count(*) filter (where is_refund) as refunds,
        min(cast(order_at as date)) as first_on,
        max(cast(order_at as date)) as last_on
    from orders
    group by batch_id
),

resolved_rows as (
    select batch_id, count(*) as n_rows
    from resolved_orders
    group by batch_id
),

listed as (
    select batch_id, count(*) as people
    from people
    group by batch_id
)

select
    batches.batch_id,
    batches.file_name,
    batches.content_hash,
    batches.loaded_at,
    coalesce(held.orders, 0) as orders,
    coalesce(held.refunds, 0) as refunds,
    held.first_on,
    held.last_on,
    batches.has_order_ids,
    coalesce(held.orders + held.refunds, 0) - coalesce(resolved_rows.n_rows, 0) as superseded,
    case when listed.people is null then 'orders' else 'customers' end as kind,
    coalesce(listed.people, 0) as people
from batches
left join held on batches.batch_id = held.batch_id
left join resolved_rows on batches.batch_id = resolved_rows.batch_id
left join listed on batches.batch_id = listed.batch_id
order by batches.batch_id;

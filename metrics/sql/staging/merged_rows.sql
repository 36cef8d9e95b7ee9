-- one row per order (order_id, customer_id), and one per refund on a later day (order_id, customer_id, day)
create or replace view clean as
with negative as (
    select distinct order_id, customer_id
    from accepted
    where amount < 0 and order_id is not null
),

-- An order's own day is the day of its first row that is no refund.
own as (
    select
        order_id,
        customer_id,
        coalesce(
            min(order_at::date) filter (amount >= 0 and not is_kept_out),
            min(order_at::date) filter (not is_kept_out)
        ) as own_day,
        bool_or(amount >= 0 and not is_kept_out) as has_counted,
        bool_or(amount >= 0 and is_kept_out and order_at is not null) as has_kept_out
    from accepted
    semi join negative using (order_id, customer_id)
    group by order_id, customer_id
),

counted as (
    select
        accepted.*,
        case
            when accepted.amount < 0 then greatest(accepted.order_at::date, own.own_day)
            else own.own_day
        end as refund_day
    from accepted
    left join own on accepted.order_id = own.order_id and accepted.customer_id = own.customer_id
    where
        not accepted.is_kept_out
        -- A refund of an order that did not count does not count either.
        and not (accepted.amount < 0 and coalesce(own.has_kept_out and not own.has_counted, false))
),

merged as (
    select
        order_id,
        customer_id,
        coalesce(min(order_at) filter (amount >= 0), min(order_at)) as order_at,
        sum(amount)::decimal(18, 4) as amount,
        count(*)::integer as n_lines,
        -- Half a cost would pass for a better margin.
        case when count(cost) = count(*) then sum(cost)::decimal(18, 4) end as cost,
        arg_min(status, row_no) as status,
        arg_min(category, row_no) as category,
        arg_min(channel, row_no) as channel,
        arg_min(manager, row_no) as manager,
        arg_min(region, row_no) as region
    from counted
    group by order_id, customer_id, refund_day, case when order_id is null then row_no end
)

select order_id, customer_id, order_at, amount, amount < 0 as is_refund, n_lines, cost, status, category, channel, manager, region
from merged

-- one row per customer, those with most order days first: what a win-back campaign has to know of them
-- `check_amount` is the average of their orders. Opted out is who is known to refuse letters; problem and strategic are
-- who carries such a tag.
with known as (
    select
        customer,
        bool_or(coalesce(not has_consent, false)) as has_opted_out,
        bool_or(coalesce(regexp_matches(lower(flags), $problem), false)) as is_problem,
        bool_or(coalesce(regexp_matches(lower(flags), $strategic), false)) as is_strategic
    from profiles
    where customer is not null
    group by customer
)

select
    customers.customer,
    cast($today - customers.last_day as integer) as silence,
    customers.order_days,
    customers.orders,
    cast(customers.gross as double) / customers.orders as check_amount,
    cast(customers.yearly_value as double) as yearly_value,
    rhythms.longest_gap,
    rhythms.is_final,
    coalesce(known.has_opted_out, false) as has_opted_out,
    coalesce(known.is_problem, false) as is_problem,
    coalesce(known.is_strategic, false) as is_strategic
from customers
inner join rhythms on customers.customer = rhythms.customer
left join known on customers.customer = known.customer
order by customers.order_days desc, customers.yearly_value desc, customers.customer;

-- up to four rows: the two customers with most orders and the two with most money, in this order
with by_orders as (
    select 'orders' as largest_by, customer, last_day, orders, gross
    from customers
    order by orders desc, gross desc, customer
    limit 2
),

by_money as (
    select 'gross' as largest_by, customer, last_day, orders, gross
    from customers
    order by gross desc, orders desc, customer
    limit 2
)

select * from by_orders
union all
select * from by_money;

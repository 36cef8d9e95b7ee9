-- the staged rows with money in the chosen currency; null where a currency has no rate
select
    staged.* replace (
        case
            when rates.written is null then staged.amount
            else try_cast(round(cast(staged.amount as decimal(38, 12)) * rates.rate, 4) as decimal(18, 4))
        end as amount,
        case
            when rates.written is null then staged.cost
            else try_cast(round(cast(staged.cost as decimal(38, 12)) * rates.rate, 4) as decimal(18, 4))
        end as cost
    )
from staged
left join rates on coalesce(staged.currency, getvariable('default_currency')) = rates.written

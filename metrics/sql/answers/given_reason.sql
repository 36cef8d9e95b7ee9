-- one row: what was said in the program, and what files say, about why the customer $customer left
select
    given_reasons.named,
    given_reasons.confirmed,
    given_reasons.fault,
    reasons.named as named_text,
    reasons.confirmed as confirmed_text,
    reasons.fault as fault_text
from (select $customer::ubigint as customer) as asked
left join reasons on asked.customer = reasons.customer
left join given_reasons on given_reasons.customer_id = $customer_id;

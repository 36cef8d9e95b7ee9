-- one row: accepted rows with a phone of which a spreadsheet has rounded the digits away (7,9E+10)
select count(*) as n_lost
from accepted
where regexp_full_match(phone, '\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)')

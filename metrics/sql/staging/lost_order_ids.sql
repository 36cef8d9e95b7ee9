-- one row: rows with an order number of which a spreadsheet has rounded the digits away (1.23457E+18)
select count(*) as n_lost
from cells
where regexp_full_match(trim({cell}), '\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)')

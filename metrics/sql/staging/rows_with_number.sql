-- up to 200 rows of the file in which {cell} holds a number other than nought: their cells as texts
select list_transform([{cells}], lambda written: coalesce(written, '')) as cells
from cells
where regexp_matches({cell}, '[1-9]')
limit 200

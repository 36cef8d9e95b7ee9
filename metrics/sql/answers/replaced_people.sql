-- one row: the people of the file $batch_id, and how many of them earlier files of customers had already
select
    count(*) as n_people,
    count(*) filter (
        where person in (select person from person_rows where batch_id < $batch_id)
    ) as n_replaced
from person_rows
where batch_id = $batch_id;

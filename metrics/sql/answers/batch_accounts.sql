-- one row per loaded file: its name and its account of rows as JSON
select batch_id, file_name, quality
from batches
order by batch_id;

-- one row: what changes with the reasons that were given in the program
select count(*) as given, bit_xor(hash(customer_id, named, confirmed, fault)) as content
from given_reasons;

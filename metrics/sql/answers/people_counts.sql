-- one row: the people of files of customers ($batch_id: of one of them), how many bought, may be written to, can be reached
select
    count(*) as people,
    count(*) filter (where not is_potential) as joined,
    count(*) filter (where is_potential) as potential,
    count(*) filter (where has_consent) as with_consent,
    count(*) filter (where not has_consent) as without_consent,
    count(*) filter (where has_consent is null) as unknown_consent,
    count(email) as with_email,
    count(phone) as with_phone
from profiles
where
    person is not null
    and ($batch_id is null or person in (select person from person_rows where batch_id = $batch_id));

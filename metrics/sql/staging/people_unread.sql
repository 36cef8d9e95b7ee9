-- one row: rows whose e-mail, or phone, is something that is none
select
    count(*) filter (
        staged.email is not null and email_keys.customer_id is null
        and lower(trim(staged.email, $blanks)) not in (select unnest($placeholders::varchar[]))
    ) as bad_email,
    count(*) filter (
        staged.phone is not null and phone_keys.customer_id is null
        and lower(trim(staged.phone, $blanks)) not in (select unnest($placeholders::varchar[]))
    ) as bad_phone
from staged
left join email_keys on staged.email = email_keys.written
left join phone_keys on staged.phone = phone_keys.written
where not staged.is_overlong and staged.n_headers < 2

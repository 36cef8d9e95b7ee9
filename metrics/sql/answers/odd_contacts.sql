-- one row per customer and text by which they are known, where patterns cannot tell its usual form
select customer, kind, written
from contact_texts
where
    case kind
        when 'email' then not is_email
        when 'phone' then not regexp_full_match(written, '[\x20-\x7e]*') or regexp_matches(written, '\D\d*\.0+$')
        else
            not regexp_full_match(trim(written), '[\x21-\x7eЀ-ӿ一-鿿]+(?: [\x21-\x7eЀ-ӿ一-鿿]+)*')
            or (contains(written, '@') and not is_email)
    end;

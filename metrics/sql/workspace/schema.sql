-- what a workspace keeps beside the orders of each file: batches, contacts, what was chosen for files with the same
-- headers, one row of settings, the format's version; who must not be contacted, which lists went out, why customers left
create table if not exists meta (format integer not null);
create table if not exists settings (json varchar not null);
create table if not exists mappings (
    header_key varchar not null,
    json varchar not null
);
create table if not exists batches (
    batch_id integer not null,
    file_name varchar not null,
    content_hash varchar not null,
    loaded_at timestamp not null,
    has_order_ids boolean not null,
    quality varchar not null
);
create table if not exists voided (
    batch_id integer not null,
    order_id varchar not null
);
create table if not exists contacts (
    batch_id integer not null,
    customer_id varchar not null,
    name varchar,
    email varchar,
    phone varchar,
    region varchar,
    manager varchar,
    consent varchar,
    flags varchar
);
create table if not exists left_out (customer_id varchar not null);
create table if not exists apart (batch_id integer not null);
create table if not exists aliases (
    contact varchar not null,
    customer_id varchar not null
);
-- digits of a phone as it was written, and the form in which a phone is the key of orders
create or replace macro phone_digits(written) as (
    regexp_replace(
        regexp_replace(lower(written), '\.0+$|\s*(?:доб|вн|ext|x|#|;)\W*\d+$', ''), '\D', '', 'g'
    )
);
create or replace macro phone_key(written) as (
    case
        when strlen(phone_digits(written)) < 5 then null
        when regexp_full_match(phone_digits(written), '89\d{9}') then '+7' || phone_digits(written)[2:]
        when regexp_full_match(phone_digits(written), '79\d{9}') then '+' || phone_digits(written)
        when trim(written, ' ''') like '+%' then '+' || phone_digits(written)
        when phone_digits(written) like '00%' then '+' || phone_digits(written)[3:]
        else phone_digits(written)
    end
);
create table if not exists people (
    batch_id integer not null,
    customer_id varchar,
    email varchar,
    phone varchar,
    name varchar,
    region varchar,
    manager varchar,
    consent varchar,
    flags varchar
);
create table if not exists person_rows (
    batch_id integer,
    person varchar
);
create table if not exists profiles (
    person varchar,
    customer ubigint,
    customer_id varchar,
    name varchar,
    email varchar,
    phone varchar,
    region varchar,
    manager varchar,
    consent varchar,
    flags varchar,
    has_consent boolean,
    is_potential boolean
);
create table if not exists suppressed (
    kind varchar not null,
    key varchar not null,
    also_id varchar,
    added_at timestamp not null
);
create table if not exists exports (
    export_id integer not null,
    made_at timestamp not null,
    target varchar not null,
    customers bigint not null,
    filter varchar not null,
    content_hash varchar not null
);
create table if not exists listed (
    export_id integer not null,
    customer ubigint not null
);
create table if not exists contacted (
    export_id integer not null,
    customer_key ubigint not null,
    contacted_on date not null,
    until date,
    is_control boolean not null
);
-- what files say about why customers left: a row of a file of customers (`is_person`) or of a customer of an order file
create table if not exists file_reasons (
    batch_id integer not null,
    is_person boolean not null,
    customer_id varchar,
    email varchar,
    phone varchar,
    named varchar,
    confirmed varchar,
    fault varchar
);
create table if not exists given_reasons (
    customer_id varchar not null,
    named varchar,
    confirmed varchar,
    fault varchar,
    given_at timestamp not null
);
create table if not exists reasons (
    customer ubigint not null,
    named varchar,
    confirmed varchar,
    fault varchar
);

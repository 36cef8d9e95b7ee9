-- what a workspace keeps: batches of loaded orders and contacts, one row of settings, the format's version
create table if not exists meta (format integer not null);
create table if not exists settings (json varchar not null);
create table if not exists batches (
    batch_id integer not null,
    file_name varchar not null,
    content_hash varchar not null,
    loaded_at timestamp not null,
    has_order_ids boolean not null,
    quality varchar not null
);
-- Ids are nearly all different: looking for a compression costs more than reading and writing them as they are.
create table if not exists orders (
    batch_id integer not null,
    order_id varchar using compression uncompressed,
    customer_id varchar not null using compression uncompressed,
    order_at timestamp not null,
    amount decimal(18, 4) not null,
    is_refund boolean not null,
    n_lines integer not null,
    cost decimal(18, 4),
    status varchar,
    category varchar,
    channel varchar,
    manager varchar,
    region varchar
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

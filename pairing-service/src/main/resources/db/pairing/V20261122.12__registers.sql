-- Every register that was ever paired, and its current device: at most one, which has no other register.
create table register (
    vendor_name        text   not null check (char_length(vendor_name) between 1 and 128),
    register_id        text   not null check (char_length(register_id) between 1 and 128),
    business_name      text   not null,
    register_name      text   not null,
    contact_name       text,
    address            text,
    city               text,
    state              text,
    zip_code           text,
    email              text,
    phone              text,
    device_id          text   unique references device,
    pairing_token_hash text,
    version            bigint not null check (version >= 0),
    primary key (vendor_name, register_id),
    check ((device_id is null) = (pairing_token_hash is null))
);
comment on column register.device_id is 'null: not paired';
comment on column register.version is 'version of its record on the topic pairing-events; 0 inside the transaction that adds it';

-- This service's copy of the pairings, from pairing-events.
create table pairing (
    vendor_name    text   not null,
    register_id    text   not null,
    version        bigint not null,
    business_name  text,
    device_id      text,
    pairing_number bigint,
    primary key (vendor_name, register_id)
);
comment on column pairing.device_id is 'null: the register was unpaired';

-- A pairing counts only while it is the newest of its device.
create table paired_device (
    device_id             text primary key,
    newest_pairing_number bigint not null
);

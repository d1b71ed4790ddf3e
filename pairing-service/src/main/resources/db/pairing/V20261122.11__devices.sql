-- The registry: which devices may connect, and the number of their newest pairing or unpairing.
create table device (
    device_id      text        primary key check (device_id ~ '^[0-9]{4,14}$'),
    secret_hash    text        not null check (secret_hash like 'sha256:%'),
    version        bigint      not null check (version > 0),
    revoked_at     timestamptz,
    pairing_number bigint      not null default 0 check (pairing_number >= 0)
);
comment on column device.version is 'version of its record on the topic device-registry';
comment on column device.pairing_number is 'grows by one with each pairing and each unpairing';

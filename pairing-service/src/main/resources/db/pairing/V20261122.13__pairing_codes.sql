-- The codes that devices show. A code that is no longer needed stays until its claim or its request can no longer be repeated.
create table pairing_code (
    code                text        primary key check (code ~ '^[0-9]{8}$'),
    device_id           text        not null references device,
    requested_by        uuid        not null unique,
    expires_at          timestamptz not null,
    superseded_at       timestamptz,
    claimed_at          timestamptz,
    claimed_by_vendor   text,
    claimed_by_register text,
    check ((claimed_at is null) = (claimed_by_vendor is null)),
    check ((claimed_at is null) = (claimed_by_register is null)),
    check (claimed_at is null or superseded_at is null)
);
comment on column pairing_code.requested_by is 'id of the event with the request: redelivered it issues no second code';

create unique index live_code_of_device on pairing_code (device_id) where superseded_at is null and claimed_at is null;
create index pairing_code_expiry on pairing_code (expires_at);

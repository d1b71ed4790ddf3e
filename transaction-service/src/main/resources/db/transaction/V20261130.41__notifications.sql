-- What a register is told about its pairing and its device, if it gave a callback URL when it was paired.
alter table pairing
    add column callback_url    text,
    add column paired_at       timestamptz,
    add column offline_notified_at timestamptz;
comment on column pairing.callback_url is 'where the register is notified; null: nowhere, or it is not paired';
comment on column pairing.offline_notified_at is 'the register was told that its device is offline, and not yet that it is online again';

-- Pending notifications; a row is deleted when it is delivered, or after the last attempt.
create table notification (
    id                 uuid primary key,
    type               text        not null,
    vendor_name        text        not null,
    register_id        text        not null,
    business_name      text        not null,
    device_id          text        not null,
    previous_device_id text,
    callback_url       text        not null,
    token_hash         text        not null,
    occurred_at        timestamptz not null default now(),
    attempts           integer     not null default 0,
    next_attempt_at    timestamptz not null default now()
);
comment on column notification.callback_url is 'that of the pairing that it is about, which may have ended since';
comment on column notification.token_hash is 'of the same pairing: it signs the notification';
comment on column notification.next_attempt_at is 'during an attempt: the time when another replica may take it over';
create index due_notification on notification (next_attempt_at);

-- Pings that an operator waits for, so that whichever replica receives the pong can tell the one that is asked.
create table probe (
    nonce       text        primary key,
    device_id   text        not null,
    sent_at     timestamptz not null default clock_timestamp(),
    answered_at timestamptz
);
create index probe_by_time on probe (sent_at);

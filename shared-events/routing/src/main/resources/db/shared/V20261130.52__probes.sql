-- Pings that a request waits for: the replica that receives the pong passes it on to the replica that handles the request. pairing-service
-- has had the table before.
create table if not exists probe (
    nonce       text        primary key,
    device_id   text        not null,
    sent_at     timestamptz not null default clock_timestamp(),
    answered_at timestamptz
);
create index if not exists probe_by_time on probe (sent_at);
create index if not exists probe_of_device on probe (device_id, sent_at);

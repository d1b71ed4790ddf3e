-- Pings that an operator waits for: the replica that receives the pong passes it on to the replica that handles the request.
create table probe (
    nonce       text        primary key,
    device_id   text        not null,
    sent_at     timestamptz not null default clock_timestamp(),
    answered_at timestamptz
);
create index probe_by_time on probe (sent_at);

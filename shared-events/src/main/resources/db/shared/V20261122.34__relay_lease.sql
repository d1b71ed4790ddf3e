-- Of several replicas one sends to compacted topics for as long as it says so, since each change of the producer costs a fencing.
alter table outbox_relay add column lease_expires_at timestamptz not null default '-infinity';
comment on column outbox_relay.lease_expires_at is 'until then nobody else takes the turn';

-- One replica at a time sends to compacted topics while it renews its lease, since each change of the producer costs a fencing.
alter table outbox_relay add column lease_expires_at timestamptz not null default '-infinity';
comment on column outbox_relay.lease_expires_at is 'until then no other replica can acquire the lease';

-- Of several replicas one sends to compacted topics for as long as it says so, since each change of the producer costs a fencing.
alter table outbox_relay add column holds_until timestamptz not null default '-infinity';
comment on column outbox_relay.holds_until is 'until then nobody else takes the turn';

-- Committed events that are not published to Kafka yet. The columns follow Debezium's outbox event router, so that it can
-- replace the relay: aggregatetype is the topic, aggregateid the record's key.
create table outbox (
    position      bigint generated always as identity primary key,
    id            uuid        not null,
    aggregatetype text        not null,
    aggregateid   text        not null,
    partition     integer,
    type          text        not null,
    version       bigint,
    payload       text        not null,
    created_at    timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on column outbox.partition is 'null: the key determines the partition';
comment on column outbox.version is 'version of the aggregate, for compacted topics only: the relay sends such records in a Kafka transaction';

-- The replica that was the last to send to compacted topics: another replica fences it before it sends.
create table outbox_relay (
    singleton boolean primary key default true check (singleton),
    holder    uuid not null
);
insert into outbox_relay (holder) values ('00000000-0000-0000-0000-000000000000');

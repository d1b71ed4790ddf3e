-- The Kafka topics that have the state of this database. Kafka gives other ids to topics that are created again, without their records.
create table kafka_topics (
    singleton    boolean     primary key default true check (singleton),
    topic_ids    text        not null,
    publications bigint      not null default 0,
    first_epoch  bigint      not null default 0,
    began_at     timestamptz,
    published_to text        not null default '',
    complete     boolean     not null default true
);
comment on column kafka_topics.publications is 'how often all state was published again: the version of registry.published';
comment on column kafka_topics.first_epoch is 'is added to the offsets that are the epochs of connectors: in microseconds since 1970, so greater than any before';
comment on column kafka_topics.began_at is 'when the last publication began; null: never';
comment on column kafka_topics.published_to is 'the last device that was published, by the order of the ids';
comment on column kafka_topics.complete is 'all state was published';

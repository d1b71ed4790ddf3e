-- Dead letters that an operator has resolved: their records stay on the topic until its retention time is over.
create table resolved_dead_letter (
    topic         text        not null,
    partition     integer     not null,
    record_offset bigint      not null,
    action        text        not null check (action in ('RETRY_DEAD_LETTER', 'DROP_DEAD_LETTER')),
    resolved_at   timestamptz not null default now(),
    primary key (topic, partition, record_offset)
);

-- How long deliveries and answers took: how many of each length in each minute, of all replicas.
create table service_level (
    minute  timestamptz not null,
    phase   text        not null,
    bucket  smallint    not null,
    samples bigint      not null,
    primary key (minute, phase, bucket)
);
comment on column service_level.phase is 'DELIVERY: from the start until the device has it. ANSWER: from the result of the device until it is applied';
comment on column service_level.bucket is 'durations of 1.1 ^ bucket milliseconds, to within 5 %';

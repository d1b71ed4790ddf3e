-- Registers that start transactions faster than a replica accepts by itself. Unlogged: after a crash the table is empty,
-- and each register has its whole allowance again.
create unlogged table start_rate_limit (
    vendor_name    text        not null,
    register_id    text        not null,
    replenished_at timestamptz not null,
    primary key (vendor_name, register_id)
);
comment on column start_rate_limit.replenished_at is 'the time when the register has its whole allowance again';

-- Registers that start transactions faster than a replica lets through by itself. Not worth a log: after a crash the
-- table is empty, and each register has its whole allowance again.
create unlogged table busy_register (
    vendor_name text        not null,
    register_id text        not null,
    restored_at timestamptz not null,
    primary key (vendor_name, register_id)
);
comment on column busy_register.restored_at is 'when the register has its whole allowance again';

-- Wrong codes, kept as long as they count against their sender.
create table wrong_code (
    id             bigint      generated always as identity primary key,
    address        text        not null,
    vendor_name    text        not null,
    register_id    text        not null,
    attempted_at   timestamptz not null default statement_timestamp(),
    replenished_at timestamptz not null check (replenished_at > attempted_at)
);
comment on column wrong_code.address is 'address of the client, or its network: see ClientAddress';
comment on column wrong_code.replenished_at is 'when this register at this address has its whole allowance again';

create index wrong_code_of_address on wrong_code (address, attempted_at);
create index wrong_code_by_time on wrong_code (attempted_at);

-- An address that pairs is allowed more wrong codes.
alter table pairing_code add column claimed_from text;
comment on column pairing_code.claimed_from is 'the address of the client that claimed it, as in wrong_code';
create index pairing_code_claimed_from on pairing_code (claimed_from, claimed_at) where claimed_from is not null;

-- One row: when any replica last raised the alert of too many wrong codes.
create table wrong_code_alert (
    singleton boolean     primary key default true check (singleton),
    raised_at timestamptz not null
);
insert into wrong_code_alert (raised_at) values ('-infinity');

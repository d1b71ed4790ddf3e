-- Current and ended pairings of registers, for operators. Written in the transaction that changes the pairing.
create table pairing_history (
    id                bigint      generated always as identity primary key,
    vendor_name       text        not null,
    register_id       text        not null,
    device_id         text        not null references device,
    pairing_number    bigint      not null,
    business_name     text        not null,
    register_name     text        not null,
    started_at        timestamptz not null default clock_timestamp(),
    started_by        text        not null check (started_by in ('REGISTER', 'OPERATOR')),
    address           text        not null,
    ended_at          timestamptz,
    end_reason        text,
    taken_by_vendor   text,
    taken_by_register text,
    moved             boolean     not null,
    move_reported     boolean     not null default false,
    foreign key (vendor_name, register_id) references register,
    check ((ended_at is null) = (end_reason is null)),
    check ((end_reason is not distinct from 'DEVICE_REPAIRED') = (taken_by_vendor is not null)),
    check ((taken_by_vendor is null) = (taken_by_register is null))
);
comment on column pairing_history.address is 'address of the register or operator that started it, or its network: see ClientAddress';
comment on column pairing_history.taken_by_register is 'with taken_by_vendor: the register that its device was paired with instead';
comment on column pairing_history.moved is 'the register had another business name before';
comment on column pairing_history.move_reported is 'a replica has logged, at this move, that the register moves too often';

create unique index current_pairing_of_register on pairing_history (vendor_name, register_id) where ended_at is null;
create unique index current_pairing_of_device on pairing_history (device_id) where ended_at is null;
create index pairing_history_of_register on pairing_history (vendor_name, register_id, id);
create index pairing_history_of_device on pairing_history (device_id, id);
create index pairing_history_by_end on pairing_history (ended_at) where ended_at is not null;
create index pairing_history_moves on pairing_history (started_at) where moved;

-- Registers that moved between businesses more than twice in the last 24 hours, with the names that they moved to.
create view flapping_register as
    select vendor_name, register_id, count(*) as moves, max(started_at) as moved_at, max(id) as newest_move,
        array_agg(distinct business_name order by business_name) as businesses
    from pairing_history
    where moved and started_at > now() - interval '24 hours'
    group by vendor_name, register_id
    having count(*) > 2;

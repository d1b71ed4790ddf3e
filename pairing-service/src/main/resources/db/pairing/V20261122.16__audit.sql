-- Requests of operators, refused ones included. Written in the transaction of the change, and never changed.
create table audit_entry (
    id              bigint      generated always as identity primary key,
    at              timestamptz not null default now(),
    principal       text        not null,
    address         text        not null,
    action          text        not null,
    device_id       text        not null,
    other_device_id text,
    vendor_name     text,
    register_id     text,
    outcome         text        not null check (outcome in ('DONE', 'UNCHANGED', 'REFUSED')),
    reason          text,
    check ((outcome = 'REFUSED') = (reason is not null))
);
comment on column audit_entry.address is 'address of the client, or its network: see ClientAddress';

create index audit_entry_of_device on audit_entry (device_id, id);
create index audit_entry_of_other_device on audit_entry (other_device_id, id) where other_device_id is not null;
create index audit_entry_of_register on audit_entry (register_id, id) where register_id is not null;
create index audit_entry_by_time on audit_entry (at);

create function audit_entry_is_append_only() returns trigger language plpgsql as
$$
begin
    raise exception 'audit_entry is append-only';
end
$$;

create trigger audit_entry_is_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_is_append_only();

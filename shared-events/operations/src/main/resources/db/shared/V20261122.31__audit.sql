-- Requests of operators, refused ones included. Each entry is written in the transaction of the change, and never changed.
-- In pairing-service an earlier migration has created the table, its indexes and its trigger.
create table if not exists audit_entry (
    id              bigint      generated always as identity primary key,
    at              timestamptz not null default now(),
    principal       text        not null,
    address         text        not null,
    action          text        not null,
    device_id       text,
    other_device_id text,
    vendor_name     text,
    register_id     text,
    outcome         text        not null check (outcome in ('DONE', 'UNCHANGED', 'REFUSED')),
    reason          text,
    check ((outcome = 'REFUSED') = (reason is not null))
);

alter table audit_entry
    alter column device_id drop not null,
    add column transaction_id uuid,
    add column details jsonb;
comment on column audit_entry.details is 'further parameters of the request: no secret, no receipt';

create index if not exists audit_entry_of_device on audit_entry (device_id, id);
create index if not exists audit_entry_of_other_device on audit_entry (other_device_id, id)
    where other_device_id is not null;
create index if not exists audit_entry_of_register on audit_entry (register_id, id) where register_id is not null;
create index if not exists audit_entry_by_time on audit_entry (at);
create index audit_entry_of_transaction on audit_entry (transaction_id, id) where transaction_id is not null;

create or replace function audit_entry_is_append_only() returns trigger language plpgsql as
$$
begin
    raise exception 'audit_entry is append-only';
end
$$;

create or replace trigger audit_entry_is_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_is_append_only();

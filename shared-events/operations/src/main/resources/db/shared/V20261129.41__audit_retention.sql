-- Entries of the audit trail can't be changed, and not be deleted before they are 90 days old, whoever tries.
create or replace trigger audit_entry_is_append_only before update or truncate on audit_entry
    for each statement execute function audit_entry_is_append_only();

create trigger audit_entry_is_kept before delete on audit_entry
    for each row when (old.at > now() - interval '90 days') execute function audit_entry_is_append_only();

-- Deletes at most that many entries that are older than the retention. It has the rights of its owner: the role of the service needs none
-- to delete entries.
create function delete_expired_audit_entries(retention interval, max_entries integer) returns integer
    language plpgsql security definer as
$$
declare
    deleted integer;
begin
    if retention < interval '90 days' then
        raise exception 'the retention of audit_entry must be at least 90 days';
    end if;
    delete from audit_entry where id in (
        select id from audit_entry where at < now() - retention
        order by at limit max_entries for update skip locked);
    get diagnostics deleted = row_count;
    return deleted;
end
$$;

-- A function with the rights of its owner must find its tables in this schema and nowhere else.
do
$$
begin
    execute format(
        'alter function delete_expired_audit_entries(interval, integer) set search_path = %I, pg_temp', current_schema());
end
$$;

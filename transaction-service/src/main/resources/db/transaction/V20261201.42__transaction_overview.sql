-- What operators, metrics and cleanups read of a transaction, with what is known of its device; without tokens, URLs, sale data and keys.
create view transaction_overview as
select t.id, t.vendor_name, t.business_name, t.register_id, t.device_id, t.pairing_number, t.function, t.amount_total_cents,
    t.amount_cash_cents, t.amount_auth_cents, t.amount_final_cents, t.original_transaction_id, t.phase, t.created_at, t.overdue_at,
    t.offered_at, t.delivered_at, t.started_at, t.delayed_at, t.never_seen_at, t.report_unreadable_at, t.finished_at,
    t.resolved_manually_at, t.prompt, t.outcome,
    exists (select from registered_device r where r.device_id = t.device_id and r.revoked) as device_revoked,
    (select o.opened_at from open_session o where o.device_id = t.device_id order by o.opened desc limit 1) as connected_since,
    case when not exists (select from open_session o where o.device_id = t.device_id) then (
        select max(s.ended_at) from session_end s where s.device_id = t.device_id) end as disconnected_since
from transaction t;
comment on column transaction_overview.connected_since is 'when the current session of its device was opened; null: it has none';
comment on column transaction_overview.disconnected_since is 'when the last session of its device ended; null: it has one, or that was long ago';

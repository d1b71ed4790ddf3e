-- One row: whether the jobs of a replica have anything to do, and when the next attempts are due.
create view pending_work as
select exists (select from transaction where phase <> 'COMPLETED') as has_open_transaction,
    (select min(next_attempt_at) from callback) as next_callback_at,
    (select min(next_attempt_at) from notification) as next_notification_at;
comment on column pending_work.next_callback_at is 'null: no callback is pending';
comment on column pending_work.next_notification_at is 'null: no notification is pending';

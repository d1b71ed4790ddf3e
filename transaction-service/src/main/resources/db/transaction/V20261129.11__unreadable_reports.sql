alter table transaction add column report_unreadable_at timestamptz;
comment on column transaction.report_unreadable_at is 'its device may have reported the outcome, in words that can not be used: an operator may resolve the transaction';

alter table discrepancy alter column transaction_id drop not null;
comment on column discrepancy.transaction_id is 'null: a message that could not be parsed, from a device that ran no transaction';

-- A device repeats a message in each of its sessions. The same words are stored once.
delete from discrepancy using discrepancy earlier
where earlier.id < discrepancy.id
  and earlier.transaction_id = discrepancy.transaction_id
  and earlier.device_id = discrepancy.device_id
  and earlier.type = discrepancy.type
  and earlier.reason = discrepancy.reason
  and regexp_replace(earlier.payload, '"sessionId":"[-0-9a-f]*"', '') = regexp_replace(discrepancy.payload, '"sessionId":"[-0-9a-f]*"', '');

create unique index discrepancy_is_recorded_once on discrepancy (
    coalesce(transaction_id, '00000000-0000-0000-0000-000000000000'), device_id, type, reason,
    md5(regexp_replace(payload, '"sessionId":"[-0-9a-f]*"', '')));

alter table transaction add column resolved_manually_at timestamptz;
comment on column transaction.resolved_manually_at is 'the outcome is that of an operator, whom the audit trail names, not of the device';
comment on column transaction.outcome is 'the final outcome: the report of the device, of the cloud if it certainly never ran, or of an operator';

alter table transaction add column resolved_manually_at timestamptz;
comment on column transaction.resolved_manually_at is 'the outcome is an operator''s word, not the device''s; the audit trail says whose';
comment on column transaction.outcome is 'the device''s report, or ours where it certainly never ran, or an operator''s statement; final';

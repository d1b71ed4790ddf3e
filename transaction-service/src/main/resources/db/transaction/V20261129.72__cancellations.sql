alter table transaction
    add column cancellation        text check (cancellation in ('REQUESTED', 'DONE', 'TOO_LATE', 'UNANSWERED')),
    add column cancel_requested_at timestamptz;
comment on column transaction.cancellation is 'state of the cancellation that the register has requested; null: it has not';

create index requested_cancellation on transaction (cancel_requested_at)
    where phase = 'STARTED' and cancellation = 'REQUESTED';

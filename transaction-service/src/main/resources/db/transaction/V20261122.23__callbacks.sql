alter table transaction add column callback_url text;

-- Completed transactions whose POS is to be told; a row goes when it has been told, or when it is given up.
create table callback (
    transaction_id uuid primary key references transaction on delete cascade,
    attempts       integer     not null default 0,
    next_attempt_at    timestamptz not null default now()
);
comment on column callback.next_attempt_at is 'while a try is under way: when another replica may take it over';
create index due_callback on callback (next_attempt_at);

create index completed_transaction on transaction (created_at) where phase = 'COMPLETED';

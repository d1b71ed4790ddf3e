alter table transaction add column callback_url text;

-- Pending callbacks of completed transactions; a row is deleted when it is delivered, or after the last attempt.
create table callback (
    transaction_id  uuid primary key references transaction on delete cascade,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null default now()
);
comment on column callback.next_attempt_at is 'during an attempt: the time when another replica may take it over';
create index due_callback on callback (next_attempt_at);

create index completed_transaction on transaction (created_at) where phase = 'COMPLETED';

create table transaction (
    id                    uuid primary key,
    access_token          uuid        not null,
    vendor_name           text        not null,
    business_name         text        not null,
    register_id           text        not null,
    device_id             text        not null,
    pairing_number        bigint      not null,
    function              text        not null,
    amount_total_cents    bigint check (amount_total_cents between 1 and 999999999),
    amount_cash_cents     bigint check (amount_cash_cents between 1 and 999999999),
    amount_auth_cents     bigint check (amount_auth_cents between 1 and 999999999),
    amount_final_cents    bigint check (amount_final_cents between 1 and 999999999),
    transaction_reference text,
    requested_date        text,
    sale_data             text,
    phase                 text        not null check (phase in ('QUEUED', 'STARTED', 'COMPLETED')),
    version               bigint      not null default 1,
    created_at            timestamptz not null default now(),
    expires_at            timestamptz not null,
    overdue_at            timestamptz not null,
    offered_at            timestamptz,
    offered_to_session    uuid,
    delivered_at          timestamptz,
    started_at            timestamptz,
    delayed_at            timestamptz,
    never_seen_at         timestamptz,
    finished_at           timestamptz,
    prompt                text,
    outcome               text,
    next_report_at        timestamptz not null default now(),
    report_wait           interval    not null default interval '15 seconds',
    check (amount_cash_cents < amount_total_cents),
    constraint completed_has_outcome check ((phase = 'COMPLETED') = (outcome is not null)),
    constraint completed_has_finished_at check ((phase = 'COMPLETED') = (finished_at is not null)),
    constraint started_has_started_at check (phase <> 'STARTED' or started_at is not null)
);
comment on column transaction.outcome is 'the final outcome: the report of the device, or of the cloud if it certainly never ran';
comment on column transaction.never_seen_at is 'its device has lost its journal: only an operator can resolve the transaction';

-- A device does one thing at a time. A transaction that its device has never seen does not keep the device busy.
create unique index one_unfinished_transaction_per_device on transaction (device_id)
    where phase <> 'COMPLETED' and never_seen_at is null;

create index queued_transaction on transaction (expires_at) where phase = 'QUEUED';
create index started_transaction on transaction (next_report_at) where phase = 'STARTED';
create index unfinished_transaction_of_device on transaction (device_id) where phase <> 'COMPLETED';

-- Events of devices that could not be applied, stored for manual review.
create table discrepancy (
    id             bigint generated always as identity primary key,
    transaction_id uuid        not null,
    device_id      text        not null,
    type           text        not null,
    reason         text        not null,
    payload        text        not null,
    recorded_at    timestamptz not null default now()
);
create unique index discrepancy_is_unique on discrepancy (transaction_id, device_id, type, reason, md5(payload));

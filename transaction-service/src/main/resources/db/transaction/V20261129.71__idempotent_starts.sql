-- What lets a register find its transaction again: by the key of its start, by its own reference, or by id.
alter table transaction
    add column pos_reference_id       text,
    add column idempotency_key_hash   text,
    add column access_token_issued_at timestamptz;
comment on column transaction.pos_reference_id is 'the register''s own reference for the sale';
comment on column transaction.idempotency_key_hash is 'hash of vendor, register and Idempotency-Key; null: without a key, or the key is no longer kept';
comment on column transaction.access_token_issued_at is 'null: access_token is as old as the transaction';

create unique index one_transaction_per_idempotency_key on transaction (idempotency_key_hash)
    where idempotency_key_hash is not null;
create index transaction_with_idempotency_key on transaction (created_at) where idempotency_key_hash is not null;
create index transaction_of_register on transaction (vendor_name, register_id, created_at);
create index transaction_by_reference on transaction (vendor_name, register_id, pos_reference_id, created_at)
    where pos_reference_id is not null;

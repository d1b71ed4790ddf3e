-- The transaction that a linked refund refunds, and what its device needs to know of it.
alter table transaction
    add column original_transaction_id uuid,
    add column original_acquirer_ref   text,
    add column original_terminal_ref   text,
    add column original_auth_id        text,
    add column original_reference      text,
    add column original_timestamp      text;
comment on column transaction.original_transaction_id is 'the transaction that this one refunds: all of them together must not give back more than was paid';

create index concurrently if not exists refund_of_transaction on transaction (original_transaction_id) where original_transaction_id is not null;

create index concurrently if not exists transaction_with_access on transaction (created_at) where phase = 'COMPLETED' and access_erased_at is null;

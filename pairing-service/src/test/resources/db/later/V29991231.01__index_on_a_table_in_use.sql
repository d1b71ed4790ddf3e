create index concurrently if not exists outbox_by_time on outbox (created_at);

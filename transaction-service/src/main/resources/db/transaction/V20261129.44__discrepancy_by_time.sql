create index concurrently if not exists discrepancy_by_time on discrepancy (recorded_at);

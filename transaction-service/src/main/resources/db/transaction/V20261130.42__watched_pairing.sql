create index concurrently if not exists watched_pairing on pairing (device_id) where callback_url is not null;

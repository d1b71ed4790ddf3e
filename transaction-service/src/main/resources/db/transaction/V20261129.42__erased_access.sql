alter table transaction add column access_erased_at timestamptz;
comment on column transaction.access_erased_at is 'since then access_token is a random one that nobody has, and callback_url is null';

alter table register add column callback_url text;
comment on column register.callback_url is 'where the register wants to be notified about its pairing and its device; null: nowhere, or it is not paired';

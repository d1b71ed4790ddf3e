alter table register add column callback_url text;
comment on column register.callback_url is 'where the register wants to be notified of what becomes of its pairing; null: nowhere, or it is not paired';

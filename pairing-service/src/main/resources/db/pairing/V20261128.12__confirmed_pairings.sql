-- Which state of a register starts go by. Not part of the entity: changed by single statements, under the lock of its device.
alter table register add column confirmed_version bigint not null default 0;
comment on column register.confirmed_version is 'the newest version that transaction-service has confirmed on the topic pairing-confirmations';

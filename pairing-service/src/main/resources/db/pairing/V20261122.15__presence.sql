-- Presence and status of a device. Not part of the entity: changed by single statements, under the device's lock.
alter table device
    add column online            boolean not null default false,
    add column last_seen_at      timestamptz,
    add column model             text,
    add column firmware          text,
    add column status            text,
    add column lifecycle_version bigint not null default 0 check (lifecycle_version >= 0);
comment on column device.online is 'as last published on the topic device-lifecycle; the sessions decide the actual state';
comment on column device.lifecycle_version is 'version of its newest record on the topic device-lifecycle';

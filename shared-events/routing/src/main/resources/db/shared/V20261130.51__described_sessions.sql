-- What the device said about itself on each session. The newest session of a device outlives its end, so that its last state can be shown.
alter table device_session
    add column model    text,
    add column firmware text,
    add column status   text;
comment on column device_session.status is 'as last reported on this session; null, as model and firmware: opened by a build that did not store it';

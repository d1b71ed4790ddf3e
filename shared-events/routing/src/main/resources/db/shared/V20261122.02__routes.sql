-- Routes of devices, as reported by the connectors. Each transaction that decides by a device's route locks the row of
-- device_route first, so that no connection is missed between the query and the decision.
create table device_route (
    device_id text primary key
);

create table connector (
    connector_index integer primary key,
    epoch           bigint      not null,
    suspended_at    timestamptz
);
comment on column connector.suspended_at is 'heartbeat timed out: the sessions of the connector do not count until its next heartbeat';

create table device_session (
    session_id      uuid primary key,
    device_id       text        not null references device_route,
    connector_index integer     not null,
    connector_epoch bigint      not null,
    opened          bigint generated always as identity,
    opened_at       timestamptz not null default now(),
    ended_at        timestamptz
);
comment on column device_session.opened is 'the open session of a device with the greatest value is its current session';
create index open_session_of_device on device_session (device_id) where ended_at is null;
create index open_session_of_connector on device_session (connector_index, connector_epoch) where ended_at is null;
create index ended_session on device_session (device_id, ended_at) where ended_at is not null;

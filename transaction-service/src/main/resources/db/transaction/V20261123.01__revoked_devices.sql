-- This service's copy of which devices may connect, from device-registry.
create table registered_device (
    device_id text    primary key,
    version   bigint  not null,
    revoked   boolean not null
);

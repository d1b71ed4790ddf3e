-- This service's own copy of which devices may connect, fed by device-registry.
create table registered_device (
    device_id text    primary key,
    version   bigint  not null,
    revoked   boolean not null
);

-- Merchants or resellers that devices belong to. A register does not move between devices of different owners.
alter table device add column owner text;
comment on column device.owner is 'null: none. Devices without an owner are one owner together';

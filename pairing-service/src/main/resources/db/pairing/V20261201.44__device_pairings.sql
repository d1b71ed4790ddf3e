-- Each device with the register that it is paired with, if any.
create view device_pairing as
select d.device_id, d.owner, d.revoked_at, d.pairing_number, d.online, d.last_seen_at, d.model, d.firmware, d.status,
    r.vendor_name, r.register_id, r.business_name, r.register_name, r.pairing_token_hash, r.callback_url,
    r.version as register_version
from device d left join register r on r.device_id = d.device_id;
comment on column device_pairing.register_id is 'null, as the other columns of the register: the device is not paired';

-- Each register with its device, if any. A change of the names does not end a pairing: its number stays.
create view register_pairing as
select r.vendor_name, r.register_id, r.business_name, r.register_name, r.device_id, (
    select min(h.started_at) from pairing_history h
    where h.vendor_name = r.vendor_name and h.register_id = r.register_id
      and h.device_id = d.device_id and h.pairing_number = d.pairing_number) as paired_since
from register r left join device d on d.device_id = r.device_id;
comment on column register_pairing.paired_since is 'null: it is not paired';

-- Registers that are not paired, with each device that was paired with no other register since.
create view unpaired_register as
select r.vendor_name, r.register_id, r.version, d.device_id, d.pairing_number
from device d
cross join lateral (
    select h.vendor_name, h.register_id from pairing_history h
    where h.device_id = d.device_id order by h.id desc limit 1) newest
join register r on r.vendor_name = newest.vendor_name and r.register_id = newest.register_id
where r.device_id is null;
comment on column unpaired_register.device_id is 'its newest pairing was with this register, which may be so of other devices too';

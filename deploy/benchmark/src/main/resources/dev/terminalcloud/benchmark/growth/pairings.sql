-- Paired registers, in both services, as years of operation leave them behind. Repeating it changes nothing.
insert into pairing.device (device_id, secret_hash, version, pairing_number)
select '8' || lpad(n::text, 9, '0'), 'sha256:' || md5(n::text), 1, 1
from generate_series(:first, :last) n
on conflict do nothing;

insert into pairing.register (vendor_name, register_id, business_name, register_name, device_id, pairing_token_hash, version)
select 'Growth', 'growth-' || n, 'Growth ' || n / 10, 'Till ' || n % 10, '8' || lpad(n::text, 9, '0'), md5(n::text), 1
from generate_series(:first, :last) n
on conflict do nothing;

insert into pairing.pairing_history (vendor_name, register_id, device_id, pairing_number, business_name, register_name,
    started_at, started_by, address, moved)
select 'Growth', 'growth-' || n, '8' || lpad(n::text, 9, '0'), 1, 'Growth ' || n / 10, 'Till ' || n % 10,
    now() - interval '30 days', 'REGISTER', '192.0.2.1', false
from generate_series(:first, :last) n
on conflict do nothing;

insert into transaction.registered_device (device_id, version, revoked)
select '8' || lpad(n::text, 9, '0'), 1, false
from generate_series(:first, :last) n
on conflict do nothing;

insert into transaction.pairing (vendor_name, register_id, version, business_name, device_id, pairing_number)
select 'Growth', 'growth-' || n, 1, 'Growth ' || n / 10, '8' || lpad(n::text, 9, '0'), 1
from generate_series(:first, :last) n
on conflict do nothing;

insert into transaction.paired_device (device_id, newest_pairing_number)
select '8' || lpad(n::text, 9, '0'), 1
from generate_series(:first, :last) n
on conflict do nothing;

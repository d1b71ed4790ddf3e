-- The codes that a register could claim now.
create view live_code as
select code, device_id from pairing_code
where expires_at > clock_timestamp() and superseded_at is null and claimed_at is null;

-- An address may send one more wrong code for each code that it has claimed within a day.
create view claim_of_last_day as
select claimed_from as address, claimed_at from pairing_code
where claimed_at > statement_timestamp() - interval '24 hours';

-- The rate of the alert and of the brake: of all addresses together.
create view wrong_code_of_last_minute as
select attempted_at from wrong_code
where attempted_at > statement_timestamp() - interval '1 minute';

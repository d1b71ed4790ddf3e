-- Addresses that registers have paired from: the brake on guessing lets only these through.
create table known_address (
    address   text        primary key,
    paired_at timestamptz not null
);
comment on column known_address.address is 'address of the client, or its network: see ClientAddress';
create index known_address_by_time on known_address (paired_at);

insert into known_address (address, paired_at)
select address, max(started_at) from pairing_history where started_by = 'REGISTER' group by address;

-- Wrong codes of all other addresses within a day, each with the number of codes that it could have hit.
create table unknown_guess (
    id           bigint      generated always as identity primary key,
    attempted_at timestamptz not null default statement_timestamp(),
    live_codes   bigint      not null check (live_codes > 0)
);
create index unknown_guess_by_time on unknown_guess (attempted_at, id, live_codes);

-- Wrong codes and successful pairings of the wider networks of IPv6 clients within a day.
create table ipv6_attempt (
    network      text        not null,
    attempted_at timestamptz not null default statement_timestamp(),
    wrong        boolean     not null
);
create index ipv6_attempt_of_network on ipv6_attempt (network, attempted_at);
create index ipv6_attempt_by_time on ipv6_attempt (attempted_at);

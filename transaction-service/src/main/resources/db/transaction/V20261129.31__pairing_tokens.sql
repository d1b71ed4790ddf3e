-- What proves that a start comes from the register that has paired, and the pairings that their registers are ending.
alter table pairing
    add column token_hash    text,
    add column ending_number bigint;
comment on column pairing.token_hash is 'hash of the newest pairing token, which outlives its pairing; null: made by a build that did not publish it';
comment on column pairing.ending_number is 'the pairing number for which the register has requested the end: no transaction starts under it';

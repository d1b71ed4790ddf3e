-- Completed transactions of the last 170 days, below the 180 that they are kept. Repeating it changes nothing. The ids are not in
-- order, as random ones.
insert into transaction.transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number, function,
    amount_total_cents, phase, version, created_at, expires_at, overdue_at, offered_at, delivered_at, started_at, finished_at,
    prompt, outcome)
select md5('growth-' || n)::uuid, md5('token-' || n)::uuid, 'Growth', 'Growth ' || register / 10, 'growth-' || register,
    '8' || lpad(register::text, 9, '0'), 1, 'Card.Purchase',
    1 + n % 100000, 'COMPLETED', 5, at, at + interval '15 seconds', at + interval '110 seconds', at, at, at, at + interval '9 seconds',
    'PRESENT CARD',
    json_build_object('transactionResult', 'OK-ACCEPTED', 'result', 'OK', 'resultText', 'APPROVED',
        'amountTotal', 1 + n % 100000, 'amountSurcharge', 0, 'amountTip', 0, 'authId', '123456', 'acquirerRef', '000001',
        'terminalRef', '70000001', 'cardPan', '....0138', 'cardType', 'VISA', 'accountType', 'CREDIT',
        'timestamp', '20260101120000', 'receipt', repeat(rpad('RECEIPT', 29) || E'\n', 14) || E'\n')::text
from (
    select n, 1 + n % :registers as register, now() - interval '170 days' * (n::numeric / :total) as at
    from generate_series(:first, :last) n
) as numbered
on conflict do nothing;

<?php
// Receives callbacks: STORE=till-store php -S 127.0.0.1:19090 callback.php, with the store of till.php.
declare(strict_types=1);

const TRANSACTION_ID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';
const MAX_AGE_SECONDS = 300;

/** Returns whether the transaction's token has signed the callback, and just now (Standard Webhooks). */
function isGenuine(string $token, string $id, string $body): bool
{
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $signed = "$id.$timestamp.$body"; // the body as received, not parsed and formatted
    $signature = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $token, true));
    $isNew = ctype_digit($timestamp) && abs(time() - (int) $timestamp) < MAX_AGE_SECONDS;
    $candidates = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
    return $isNew && array_filter($candidates, fn($candidate) => hash_equals($signature, $candidate)) !== [];
}

$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? ''; // the transaction's, and the same in each repetition
$token = getenv('STORE') . "/$id";
$accepted = preg_match(TRANSACTION_ID, $id) && is_file($token) && isGenuine(file_get_contents($token), $id, $body);
// One that is not accepted comes again, so it may arrive before the till has stored the token.
http_response_code($accepted ? 200 : 401);
$result = $accepted ? json_decode($body, true)['data']['TransactionResult'] : '';
file_put_contents('php://stdout', $accepted ? "VERIFIED $result $id\n" : "REFUSED\n");

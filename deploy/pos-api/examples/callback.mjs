// Receives callbacks: node callback.mjs PORT STORE, with the store of till-node.mjs. Without packages.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const TRANSACTION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_AGE_SECONDS = 300;

/** Returns whether the transaction's token has signed the callback, and just now (Standard Webhooks). */
function isGenuine(token, headers, body) {
  const timestamp = headers['webhook-timestamp'] ?? '';
  const hmac = createHmac('sha256', token).update(`${headers['webhook-id']}.${timestamp}.`).update(body); // as received
  const signature = Buffer.from('v1,' + hmac.digest('base64'));
  const isNew = /^\d+$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) < MAX_AGE_SECONDS;
  const candidates = (headers['webhook-signature'] ?? '').split(' ').map((candidate) => Buffer.from(candidate));
  return isNew && candidates.some((one) => one.length === signature.length && timingSafeEqual(one, signature));
}

const [port, store] = process.argv.slice(2);
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const id = request.headers['webhook-id'] ?? ''; // the transaction's, and the same in each repetition
  const token = join(store, id);
  const accepted =
    TRANSACTION_ID.test(id) && existsSync(token) && isGenuine(readFileSync(token, 'utf8'), request.headers, body);
  // One that is not accepted comes again, so it may arrive before the till has stored the token.
  response.writeHead(accepted ? 200 : 401).end();
  console.log(accepted ? `VERIFIED ${JSON.parse(body).data.TransactionResult} ${id}` : 'REFUSED');
}).listen(Number(port), '127.0.0.1');

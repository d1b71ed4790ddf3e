// A till on the generated TypeScript types: pairs, pays 5.00, polls until the end, and cancels a second payment.
// Arguments: the URL of the gateway, and the pairing code on a device. The last line is the result as JSON.
import createClient from 'openapi-fetch';
import type { components, paths } from './pos-api.js';

declare const process: { argv: string[] };
type Transaction = components['schemas']['Transaction'];

const [baseUrl, pairingCode] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl });
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
const register = {
  POSRegisterID: crypto.randomUUID(),
  POSBusinessName: 'Café & Söhne',
  POSVendorName: 'Generated TypeScript',
};

function successful<T>(response: { data?: T; error?: { error: string } }): T {
  if (response.data === undefined) {
    throw new Error(response.error?.error ?? 'No response body');
  }
  return response.data;
}

async function start(amountTotal: string): Promise<Transaction> {
  return successful(
    await api.POST('/POS/Transaction', {
      headers,
      body: { ...register, TransactionMode: 'ASYNC', TransactionType: 'Card.Purchase', AmountTotal: amountTotal },
    }),
  );
}

function reference(transaction: Transaction) {
  return {
    path: { transactionId: transaction.transactionId },
    query: { merchantAccessToken: transaction.merchantAccessToken ?? '' },
  };
}

async function poll(transaction: Transaction): Promise<Transaction> {
  // The response is text only to a client that accepts nothing but an event stream.
  const state = successful(await api.GET('/POS/Transaction/{transactionId}', { params: reference(transaction) }));
  return state as Transaction;
}

successful(
  await api.PUT('/POS/Pairing/{pairingCode}', {
    headers,
    params: { path: { pairingCode } },
    body: { ...register, POSRegisterName: 'Till' },
  }),
);
let paid = await start('500');
while (paid.transactionStatus !== 'COMPLETED') {
  await new Promise((resolve) => setTimeout(resolve, 200));
  paid = await poll(paid);
}
const second = await start('559');
const cancelled = successful(
  await api.POST('/POS/Transaction/{transactionId}/cancel', { params: reference(second) }),
);
console.log(
  JSON.stringify({
    result: paid.data.TransactionResult,
    total: paid.data.AmountTotal,
    business: paid.data.PosBusinessName,
    cancelIsAnswered: cancelled.transactionId === second.transactionId,
  }),
);

// The command line of till.mjs for Node. README.md has its options.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { outcome, Refused, Till } from './till.mjs';

const defaults = {
  url: 'http://localhost:8080', register: 'till-1', name: 'Till 1', business: 'Demo Shop', vendor: 'Demo POS',
  store: 'till-store', code: '', amount: '500', reference: '', 'refund-of': '', 'callback-url': '',
  'cancel-after': '600', 'lose-answers': '0',
};
const known = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }]));
const options = { ...defaults, ...parseArgs({ options: known }).values };

async function pay() {
  mkdirSync(options.store, { recursive: true, mode: 0o700 });
  const token = join(options.store, 'pairing-token');
  const names = {
    POSRegisterID: options.register, POSRegisterName: options.name,
    POSBusinessName: options.business, POSVendorName: options.vendor,
  };
  const till = new Till(options.url, names, existsSync(token) ? readFileSync(token, 'utf8') : '', console.log);
  if (options.code) {
    await till.pair(options.code);
    writeFileSync(token, till.pairingToken);
    if (options.amount === '0') return 'PAIRED';
  }
  const reference = options.reference || randomUUID();
  console.log('sale', reference); // a till stores it before the start: it finds the payment after a crash
  Object.assign(till, { inDoubt: options.reference !== '', loseAnswers: Number(options['lose-answers']) });
  // At most what is left of that purchase is refunded.
  const refund = options['refund-of'] && { TransactionType: 'Card.Refund', OriginalTransactionId: options['refund-of'] };
  await till.start({
    ...names, TransactionMode: 'ASYNC', TransactionType: 'Card.Purchase', AmountTotal: options.amount,
    POSReferenceID: reference, PosNotificationCallbackUrl: options['callback-url'], ...refund,
  });
  const { transactionId, merchantAccessToken } = till.transaction;
  writeFileSync(join(options.store, transactionId), merchantAccessToken); // for callback.mjs
  console.log('started', transactionId);
  const cancel = () => till.cancel().catch((failure) => console.log(failure.message));
  const cashier = setTimeout(cancel, Number(options['cancel-after']) * 1000);
  return outcome(await till.wait().finally(() => clearTimeout(cashier)), refund ? 'REFUNDED' : 'PAID');
}

try {
  console.log(await pay());
} catch (failure) {
  if (!(failure instanceof Refused)) throw failure;
  console.log(failure.message);
}

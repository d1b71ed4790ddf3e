import { Receipt } from './receipt.js';
import { totals } from './settlement.js';

const CARD = 'PRESENT CARD';
const SCAN = 'SCAN THE CODE';
const SHOW = 'SHOW YOUR CODE';
const WAIT = 'PLEASE WAIT';

/** The functions of the device, each with its title on a receipt and its first prompt. */
const FUNCTIONS = {
  'Card.Purchase': ['PURCHASE', CARD],
  'Card.PurchasePlusCash': ['PURCHASE + CASH', CARD],
  'Card.CashAdvance': ['CASH ADVANCE', CARD],
  'Card.Refund': ['REFUND', CARD],
  'Card.Authorise': ['AUTHORISATION', CARD],
  'Card.Authorise.Increment': ['AUTH INCREMENT', WAIT],
  'Card.Authorise.Cancel': ['AUTH RELEASE', WAIT],
  'Card.Finalise': ['FINALISATION', CARD],
  'QR.Merchant.Purchase': ['PURCHASE', SCAN],
  'QR.Consumer.Purchase': ['PURCHASE', SHOW],
  'QR.Refund': ['REFUND', SHOW],
  'Acquirer.Logon': ['LOGON', WAIT],
  'Acquirer.Settlement.Inquiry': ['SETTLEMENT INQUIRY', WAIT],
  'Acquirer.Settlement.Cutover': ['SETTLEMENT CUTOVER', WAIT],
  'Journal.ReprintReceipt': ['REPRINT', WAIT],
  'Journal.GetTransResult': ['LAST TRANSACTION', WAIT],
  'Terminal.GetStatus': ['STATUS', WAIT],
  'Terminal.ReadCard': ['READ CARD', CARD],
};

const WITHOUT_PAYMENT = {
  cancel: { transactionResult: 'CANCELLED', result: 'CANCELLED', resultText: 'CANCELLED' },
  fault: { transactionResult: 'FAILED', result: 'FAILED', resultText: 'TERMINAL FAULT' },
  unavailable: { transactionResult: 'OK-UNAVAILABLE', result: 'OK', resultText: 'ACQUIRER UNAVAILABLE' },
};

const VISA = { cardPan: '....0138', cardType: 'VISA' };
const NONE = { surcharge: 0, tip: 0 };

function isKnown(offer) {
  return Object.hasOwn(FUNCTIONS, offer.function);
}

export function titleOf(offer) {
  return isKnown(offer) ? FUNCTIONS[offer.function][0] : offer.function;
}

export function promptOf(offer) {
  return isKnown(offer) ? FUNCTIONS[offer.function][1] : 'NOT SUPPORTED';
}

/** Returns whether the function needs a customer at the device. */
export function needsCustomer(offer) {
  return isKnown(offer) && promptOf(offer) !== WAIT;
}

export function isQr(offer) {
  return offer.function.startsWith('QR.');
}

/** Returns whether the function moves money between customer and merchant. */
export function isPayment(offer) {
  return isKnown(offer) && (offer.function.startsWith('Card.') || isQr(offer));
}

/** Returns whether surcharge and tip apply: where a customer buys. */
export function takesExtras(offer) {
  return isPayment(offer) && !offer.function.endsWith('Refund') && !changesAuthorisation(offer) && offer.function !== 'Card.CashAdvance';
}

/** Returns whether the function changes an earlier authorisation, without the customer. */
function changesAuthorisation(offer) {
  return offer.function.startsWith('Card.Authorise.');
}

/** Returns the requested amount in whole cents. */
export function requested(offer) {
  return offer.amountTotal ?? offer.amountAuth ?? offer.amountFinal ?? 0;
}

/**
 * Returns the device's report of an offer with this ending.
 *
 * @param ending approve, decline, cancel, fault or unavailable
 * @param device { id, status, journal, now (a Date) }
 * @param extras { surcharge, tip } in cents
 */
export function report(offer, ending, device, extras = NONE) {
  if (!isKnown(offer)) {
    return failed(`Not supported: ${offer.function}`);
  }
  if (ending === 'approve') {
    return done(offer, device, extras);
  }
  if (ending === 'decline' && isPayment(offer)) {
    return payment(offer, device, NONE, 'DECLINED');
  }
  return WITHOUT_PAYMENT[ending] ?? { transactionResult: 'OK-DECLINED', result: 'OK', resultText: 'DECLINED' };
}

function done(offer, device, extras) {
  if (isPayment(offer)) {
    return payment(offer, device, takesExtras(offer) ? extras : NONE, 'APPROVED');
  }
  switch (offer.function) {
    case 'Acquirer.Logon':
      return acquirer(offer, device, heading(offer, device).rule().centred('LOGON SUCCESSFUL'));
    case 'Acquirer.Settlement.Inquiry':
    case 'Acquirer.Settlement.Cutover':
      return acquirer(offer, device, settlement(offer, device));
    case 'Journal.ReprintReceipt':
      return reprinted(device);
    case 'Journal.GetTransResult':
      return lastResult(device);
    case 'Terminal.GetStatus':
      return { result: 'OK', status: device.status };
    default:
      return { transactionResult: 'OK-ACCEPTED', result: 'OK', ...VISA };
  }
}

function payment(offer, device, extras, text) {
  const accepted = text === 'APPROVED';
  const total = requested(offer) + extras.surcharge + extras.tip;
  const authId = accepted ? sixDigits(offer, 0) : undefined;
  return present({
    transactionResult: accepted ? 'OK-ACCEPTED' : 'OK-DECLINED',
    result: 'OK',
    resultText: text,
    amountTotal: total,
    amountSurcharge: extras.surcharge,
    amountTip: extras.tip,
    amountCash: offer.amountCash,
    authId,
    acquirerRef: sixDigits(offer, 1),
    terminalRef: terminalRef(device),
    ...(isQr(offer) ? {} : { ...VISA, accountType: 'CREDIT' }),
    timestamp: timestamp(device.now),
    receipt: paymentReceipt(offer, device, extras, total, authId, text).print(),
  });
}

function paymentReceipt(offer, device, extras, total, authId, text) {
  const receipt = heading(offer, device);
  if (!isQr(offer)) {
    receipt.line('CARD', VISA.cardPan).line(VISA.cardType, 'CREDIT');
  }
  references(offer).forEach(([title, reference]) => receipt.line(title, reference));
  if (offer.function === 'Card.Authorise.Cancel') {
    return receipt.centred(titleOf(offer)).rule().centred(text);
  }
  receipt.amount(titleOf(offer), requested(offer));
  if (offer.amountCash) {
    receipt.amount('INCLUDING CASH', offer.amountCash);
  }
  if (extras.surcharge > 0) {
    receipt.amount('SURCHARGE', extras.surcharge);
  }
  if (extras.tip > 0) {
    receipt.amount('TIP', extras.tip);
  }
  receipt.amount('TOTAL', total);
  if (authId) {
    receipt.line('AUTH', authId);
  }
  return receipt.rule().centred(text);
}

/** Returns what the offer names of earlier transactions, each with its title on a receipt. */
function references(offer) {
  return [
    ['AUTHORISATION', changesAuthorisation(offer) ? offer.transactionReference : undefined],
    ['ORIGINAL', offer.originalAcquirerRef],
  ].filter(([, reference]) => reference);
}

function acquirer(offer, device, receipt) {
  return {
    transactionResult: 'OK-ACCEPTED',
    result: 'OK',
    resultText: 'ACCEPTED',
    acquirerRef: sixDigits(offer, 1),
    terminalRef: terminalRef(device),
    timestamp: timestamp(device.now),
    receipt: receipt.print(),
  };
}

function settlement(offer, device) {
  const { paid, payments, refunded, refunds } = totals(device.journal.entries, offer.date);
  return heading(offer, device)
    .centred(titleOf(offer))
    .line('PAYMENTS', String(payments))
    .amount('PAID', paid)
    .line('REFUNDS', String(refunds))
    .amount('REFUNDED', refunded)
    .amount('NET', paid - refunded)
    .rule()
    .centred('ACCEPTED');
}

function reprinted(device) {
  const receipt = lastPayment(device)?.report.receipt;
  return receipt
    ? {
        transactionResult: 'OK-ACCEPTED',
        result: 'OK',
        resultText: 'REPRINTED',
        timestamp: timestamp(device.now),
        receipt,
      }
    : failed('No transaction');
}

function lastResult(device) {
  const entry = lastPayment(device);
  return entry ? { ...entry.report, referenceId: entry.transactionId } : failed('No transaction');
}

/** Returns the last payment of the current pairing only: a shop must not see the payments of another. */
function lastPayment({ journal }) {
  return journal.entries
    .filter((entry) => entry.state === 'finished' && isPayment(entry.offer))
    .filter((entry) => entry.offer.pairingNumber === journal.pairing.number)
    .at(-1);
}

function failed(resultText) {
  return { transactionResult: 'FAILED', result: 'FAILED', resultText };
}

function heading(offer, device) {
  return new Receipt()
    .centred(device.journal.pairing.businessName ?? 'TERMINAL CLOUD')
    .rule()
    .line('TERMINAL', terminalRef(device))
    .line('REFERENCE', sixDigits(offer, 1))
    .line('DATE', Receipt.date(device.now));
}

function terminalRef(device) {
  return device.id.padStart(8, '0').slice(-8);
}

/** Derives six digits from the id, so that a transaction always has the same ones. */
function sixDigits(offer, salt) {
  const bits = BigInt(`0x${offer.transactionId.replaceAll('-', '').slice(-16)}`) + BigInt(31 * salt);
  return String(bits % 1_000_000n).padStart(6, '0');
}

/** Formats a date as yyyyMMddHHmmss, in local time. */
function timestamp(date) {
  const parts = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  return date.getFullYear() + parts.map((part) => String(part).padStart(2, '0')).join('');
}

function present(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

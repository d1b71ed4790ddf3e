import { moneyOf } from '../page/money.js';

const ENDINGS = {
  'OK-ACCEPTED': ['good', 'Approved'],
  'OK-DECLINED': ['bad', 'Declined'],
  'OK-UNAVAILABLE': ['bad', 'Not available', 'The terminal could not reach its acquirer.'],
  CANCELLED: ['neutral', 'Cancelled', 'On the terminal.'],
  FAILED: ['bad', 'Terminal fault'],
};
const CANCELLATIONS = {
  REQUESTED: 'The terminal is asked to stop.',
  'TOO-LATE': 'Too late to cancel: the result follows.',
  UNANSWERED: 'The terminal does not say whether it can stop. The payment goes on.',
};
const RELEASE = 'Card.Authorise.Cancel';
const UNREACHED = ['bad', 'Not started', 'The terminal could not be reached. It certainly did not run this transaction and never will.'];

/** Describes a body of the POS API: { tone, headline, explanation }. */
export function outcomeOf({ transactionStatus, data }) {
  return transactionStatus === 'COMPLETED' ? completed(data) : pending(data);
}

function pending(data) {
  return data.TransactionResult === 'OK-DELAYED'
    ? { tone: 'waiting', headline: 'Taking longer than usual', explanation: 'The outcome is not known yet. The terminal will report it.' }
    : { tone: 'waiting', headline: data.Prompt ?? 'Waiting for the terminal', explanation: CANCELLATIONS[data.Cancellation] ?? '' };
}

function completed(data) {
  const byRegister = data.TransactionResult === 'CANCELLED' && data.Cancellation === 'DONE';
  const unreached = data.TransactionResult === 'CANCELLED' && data.Result === 'FAILED-INTERFACE';
  if (data.Function === RELEASE) {
    return released(data, unreached);
  }
  const [tone, headline, explanation] = unreached ? UNREACHED : (ENDINGS[data.TransactionResult] ?? ['good', data.Status ?? 'Done']);
  const amount = data.AmountTotal && data.TransactionResult === 'OK-ACCEPTED' ? ` ${moneyOf(Number(data.AmountTotal))}` : '';
  return { tone, headline: headline + amount, explanation: byRegister ? 'By this register.' : (explanation ?? detailsOf(data)) };
}

/** A cancelled attempt must not look like a cancelled authorisation. */
function released(data, unreached) {
  if (data.TransactionResult === 'OK-ACCEPTED') {
    return { tone: 'good', headline: 'Authorisation cancelled', explanation: 'The amount is no longer reserved.' };
  }
  const [tone, headline] = unreached ? UNREACHED : ENDINGS[data.TransactionResult];
  return { tone, headline, explanation: 'The authorisation stands.' };
}

function detailsOf(data) {
  const extras = [extra('surcharge', data.AmountSurcharge), extra('tip', data.AmountTip)].filter(Boolean).join(' and ');
  const card = [data.CardType, data.CardPan].filter(Boolean).join(' ');
  return [data.ResultText, extras && `with ${extras}`, card].filter(Boolean).join(' · ');
}

function extra(name, amount) {
  return Number(amount) > 0 ? `${moneyOf(Number(amount))} ${name}` : '';
}

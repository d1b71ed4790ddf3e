import { moneyOf } from '../page/money.js';

/** The text of each type of event. */
const TEXTS = {
  'transaction.accepted.v1': (event) => `Accepted: ${event.function}${amount(event)}`,
  'transaction.started.v1': () => 'Granted: the terminal may run it, once',
  'transaction.delivered.v1': () => 'The terminal has it',
  'transaction.prompted.v1': (event) => `Prompt: ${event.prompt}`,
  'transaction.delayed.v1': () => 'Taking longer than usual',
  'transaction.cancellation-changed.v1': (event) => `Cancellation: ${event.cancellation}`,
  'transaction.completed.v1': (event) => `Ended: ${event.transactionResult ?? event.result}${amount(event)}`,
  'device.offer-transaction.v1': (event) => `Offers ${event.function}${amount(event)}`,
  'device.grant-start.v1': () => 'Start!',
  'device.refuse-start.v1': () => 'Do not start',
  'device.report-transaction.v1': () => 'How did it end?',
  'device.cancel-transaction.v1': () => 'Stop, if you still can',
  'device.show-pairing-code.v1': () => 'Show this pairing code',
  'device.tell-paired.v1': (event) => `You are paired: ${event.businessName}: ${event.registerName}`,
  'device.tell-unpaired.v1': () => 'You are not paired',
  'device.end-session.v1': () => 'This session has ended',
  'device.ping.v1': () => 'Are you there?',
  'device.connected.v1': (event) => `Hello, I am ${event.status}`,
  'device.disconnected.v1': (event) => `Disconnected: ${event.reason}`,
  'device.status-changed.v1': (event) => `I am ${event.status}`,
  'device.pairing-code-requested.v1': () => 'A pairing code, please',
  'device.unpair-requested.v1': () => 'End my pairing, please',
  'device.transaction-claimed.v1': () => 'I have it in my journal. May I?',
  'device.transaction-refused.v1': (event) => `I will not run it: ${event.reason}`,
  'device.transaction-progressed.v1': (event) => `The customer reads: ${event.prompt}`,
  'device.transaction-finished.v1': (event) => `It ended: ${event.report?.transactionResult ?? event.report?.result}`,
  'device.transaction-never-seen.v1': () => 'I have never seen it',
  'device.cancel-refused.v1': () => 'I can no longer stop it',
  'device.message-rejected.v1': (event) => `Rejected ${event.messageType}: ${event.reason}`,
  'device.message-unreadable.v1': (event) => `Unreadable: ${event.reason}`,
  'device.ponged.v1': () => 'I am here',
  'register.paired.v1': (event) => `${event.registerName} is paired with ${event.deviceId}`,
  'register.unpaired.v1': (event) => `Register ${event.registerId} is no longer paired`,
};

const DIRECTIONS = {
  'device-commands': ({ payload }) => ['cloud', payload.deviceId ? `terminal ${payload.deviceId}` : 'connector'],
  'device-events': ({ payload }) => [`terminal ${payload.deviceId}`, 'cloud'],
  'transaction-events': () => ['transaction-service'],
  'pairing-events': () => ['pairing-service'],
  request: ({ from }) => [from, 'cloud'],
  answer: ({ from }) => ['cloud', from],
};

/** Returns the text of an event; for an unknown type, its name. */
export function textOf({ type, payload, text }) {
  return text ?? TEXTS[type]?.(payload) ?? type;
}

/** Returns the sender, or the sender and the receiver. */
export function directionOf(event) {
  return DIRECTIONS[event.topic]?.(event) ?? [event.topic];
}

function amount(event) {
  const cents = event.amountTotalCents ?? event.amountAuthCents ?? event.amountFinalCents;
  return cents > 0 ? ` ${moneyOf(cents)}` : '';
}

/*
 * All decisions of the device as pure functions of its journal: the actions for a message, a timer, a power cut.
 *
 *               offer           grant            refuse       report        cancel
 *   (unknown)   claim, refuse*  never seen       never-seen   never seen    never seen
 *   claimed     claim again     running, run     refused      claim again   refused, refuse
 *   running     progress        .                .            progress      stop**
 *   finished    finished        finished         .            finished      finished
 *   refused     refused         refused          .            refused       refused
 *   never-seen  never seen      never seen       .            never seen    never seen
 *
 *   * OLD-PAIRING, BUSY, NOT-READY, in this order. "never seen" of an unknown id is journalled first.
 *   ** cancel-refused, if the payment can no longer be stopped.
 *
 * A decision is a list of actions, to be carried out in its order: { write: entry }, { send: message }, { run: offer },
 * { stop: transactionId }, { repeatProgress: transactionId }.
 */

/** The interval between repetitions of a claim. */
export const CLAIM_INTERVAL_MILLIS = 5_000;

/** An unanswered claim is given up after this time, measured from the first claim. */
export const GRANT_TIMEOUT_MILLIS = 60_000;

/** The request in each of the cloud's messages about a transaction: the columns of the table. */
const REQUESTS = {
  'offer-transaction': 'offer',
  'start-granted': 'grant',
  'start-refused': 'refuse',
  'report-transaction': 'report',
  'cancel-transaction': 'cancel',
};

const CLAIMED = {
  offer: claimAgain,
  report: claimAgain,
  grant: ({ offer }) => [{ write: running(offer) }, { run: offer }],
  refuse: ({ transactionId }) => [{ write: refused(transactionId, 'NO-GRANT') }],
  cancel: ({ transactionId }) => refuse(transactionId, 'NO-GRANT'),
};

const RUNNING = {
  offer: ({ transactionId }) => [{ repeatProgress: transactionId }],
  report: ({ transactionId }) => [{ repeatProgress: transactionId }],
  grant: () => [],
  refuse: () => [],
  cancel: ({ transactionId }, { canStop }) =>
    canStop ? [{ stop: transactionId }] : [{ send: { type: 'cancel-refused', transactionId } }],
};

const ENDED = {
  offer: finalMessage,
  report: finalMessage,
  grant: finalMessage,
  refuse: () => [],
  cancel: finalMessage,
};

const KNOWN = { claimed: CLAIMED, running: RUNNING, finished: ENDED, refused: ENDED, 'never-seen': ENDED };

/** The allowed transitions between states of an entry; an id never returns to an earlier state. */
const MAY_BECOME = {
  claimed: ['running', 'refused'],
  running: ['finished'],
  finished: ['finished'],
  refused: [],
  'never-seen': [],
};

/** Returns whether a message from the cloud concerns a transaction and has the required members. */
export function isAboutTransaction({ type, transactionId, function: name }) {
  const complete = typeof transactionId === 'string' && (type !== 'offer-transaction' || typeof name === 'string');
  return Object.hasOwn(REQUESTS, type) && complete;
}

/**
 * Decides what the device does for a message of the cloud.
 *
 * @param message one for which isAboutTransaction returns true
 * @param entry the journal's entry of that transaction, or undefined
 * @param situation { busy, pairingNumber, status, canStop, now }: whether another transaction is claimed or running, the newest
 *   pairing number that the device has received, its status, whether the running payment can still be stopped, and the time in
 *   milliseconds
 */
export function about(message, entry, situation) {
  const request = REQUESTS[message.type];
  return entry ? KNOWN[entry.state][request](entry, situation) : aboutUnknown(request, message, situation);
}

/** Decides for an unanswered claim: the device claims again, or gives the transaction up. */
export function claimUnanswered(entry, now) {
  return now - entry.since >= GRANT_TIMEOUT_MILLIS ? refuse(entry.transactionId, 'NO-GRANT') : claimAgain(entry);
}

/** Decides for a payment that has ended. */
export function ended(offer, report) {
  return [
    { write: finished(offer, report, false) },
    { send: { type: 'transaction-finished', transactionId: offer.transactionId, ...report } },
  ];
}

/** Decides when the power is back: a payment that was running at the power cut is reversed; it is reported at the next connect. */
export function powerRestored(entry) {
  return entry.state === 'running' ? [{ write: finished(entry.offer, REVERSED, false) }] : [];
}

/** Decides after each connect: messages that the cloud may not have received are sent again. */
export function connected(entry, now) {
  if (entry.state === 'claimed') {
    return claimUnanswered(entry, now);
  }
  return entry.state === 'finished' && !entry.acknowledged ? finalMessage(entry) : [];
}

/** Returns whether the journal may replace an entry by the next one; for an unknown id any entry is allowed. */
export function mayFollow(entry, next) {
  return !entry || MAY_BECOME[entry.state].includes(next.state);
}

/** Returns whether the device is busy with this transaction: it is claimed or running. */
export function isOpen(entry) {
  return entry.state === 'claimed' || entry.state === 'running';
}

export function claimed(offer, since) {
  return { state: 'claimed', transactionId: offer.transactionId, offer, since };
}

export function running(offer) {
  return { state: 'running', transactionId: offer.transactionId, offer };
}

export function finished(offer, report, acknowledged) {
  return { state: 'finished', transactionId: offer.transactionId, offer, report, acknowledged };
}

const REVERSED = {
  transactionResult: 'CANCELLED',
  result: 'CANCELLED',
  resultText: 'Power failure, the payment was reversed',
};

function aboutUnknown(request, message, situation) {
  const id = message.transactionId;
  if (request === 'offer') {
    const reason = refusal(message, situation);
    return reason
      ? refuse(id, reason)
      : [{ write: claimed(message, situation.now) }, { send: { type: 'transaction-claim', transactionId: id } }];
  }
  const write = { write: { state: 'never-seen', transactionId: id } };
  return request === 'refuse' ? [write] : [write, { send: { type: 'transaction-never-seen', transactionId: id } }];
}

function refusal(offer, situation) {
  if (offer.pairingNumber < situation.pairingNumber) {
    return 'OLD-PAIRING';
  }
  if (situation.busy) {
    return 'BUSY';
  }
  return situation.status !== 'READY' && needsReadyDevice(offer) ? 'NOT-READY' : undefined;
}

function needsReadyDevice(offer) {
  return offer.function !== 'Acquirer.Logon' && !/^(Terminal|Journal)\./.test(offer.function);
}

function claimAgain({ transactionId }) {
  return [{ send: { type: 'transaction-claim', transactionId } }];
}

function refused(transactionId, reason) {
  return { state: 'refused', transactionId, reason };
}

function refuse(transactionId, reason) {
  return [
    { write: refused(transactionId, reason) },
    { send: { type: 'transaction-refused', transactionId, reason } },
  ];
}

function finalMessage(entry) {
  const { transactionId } = entry;
  if (entry.state === 'finished') {
    return [{ send: { type: 'transaction-finished', transactionId, ...entry.report } }];
  }
  return entry.state === 'refused'
    ? [{ send: { type: 'transaction-refused', transactionId, reason: entry.reason } }]
    : [{ send: { type: 'transaction-never-seen', transactionId } }];
}

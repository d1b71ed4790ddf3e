import { outcomeOf } from './outcome.js';

const DELIVERIES = { QUEUED: 'accepted', SENT: 'at the terminal', STARTED: 'started', 'NOT-STARTED': 'not started' };
const CANCELLATIONS = { REQUESTED: 'asked to stop', DONE: 'stopped', 'TOO-LATE': 'too late to stop', UNANSWERED: 'no answer about stopping' };

/** Returns the steps with those that a body of the POS API shows for the first time: { label, seconds } since the start. */
export function withStepsOf(body, steps, begunAt) {
  const seconds = (Date.now() - begunAt) / 1000;
  const known = new Set(steps.map(({ label }) => label));
  return [...steps, ...labelsOf(body).filter((label) => !known.has(label)).map((label) => ({ label, seconds }))];
}

function labelsOf({ transactionStatus, data }) {
  return [
    DELIVERIES[data.Delivery],
    data.Prompt,
    CANCELLATIONS[data.Cancellation],
    transactionStatus === 'COMPLETED' ? outcomeOf({ transactionStatus, data }).headline : undefined,
  ].filter(Boolean);
}

import { requested } from './functions.js';

/** The ending and the misbehaviours of a payment by the last two digits of the amount; any other amount is approved. */
const BY_CENTS = {
  51: { ending: 'decline' },
  54: { ending: 'cancel' },
  55: { ending: 'fault' },
  56: { ending: 'unavailable' },
  57: { wrong: [{ kind: 'late' }] },
  58: { wrong: [{ kind: 'lose-connection', moment: 'before', step: 'finished' }] },
  59: { wrong: [{ kind: 'never' }] },
};

/** The delay of a late answer, and the duration of a connection loss. */
export const DELAY_MILLIS = 20_000;
export const OUTAGE_MILLIS = 10_000;

const MOMENTS = ['before', 'after'];
const STEPS = { claim: 'the claim', grant: 'the grant', progress: 'the prompt', finished: 'the result' };

/** The misbehaviours that the page offers, in groups, each with its name and its label. */
export const MISBEHAVIOURS = [
  { group: 'Answers', options: [
    { name: 'late', label: 'answers 20 s late', kind: 'late' },
    { name: 'twice', label: 'answers twice', kind: 'twice' },
    { name: 'differently', label: 'answers twice, differently', kind: 'differently' },
    { name: 'wrong-order', label: 'answers in the wrong order', kind: 'wrong-order' },
    { name: 'refuse-cancel', label: 'refuses to cancel: too late', kind: 'refuse-cancel' },
    { name: 'never', label: 'never answers', kind: 'never' },
    { name: 'ungranted', label: 'runs without a grant', kind: 'ungranted' },
  ] },
  { group: 'Loses the connection', options: losses('lose-connection', 'connection lost') },
  { group: 'Loses its journal', options: losses('forget-journal', 'journal lost') },
];

/**
 * Returns the behaviour for one transaction: { ending, wrong }.
 *
 * @param misbehaviour a name of MISBEHAVIOURS, or '' for none
 */
export function behaviourOf(offer, misbehaviour) {
  const byCents = BY_CENTS[requested(offer) % 100] ?? {};
  const chosen = MISBEHAVIOURS.flatMap((group) => group.options).filter((option) => option.name === misbehaviour);
  return { ending: byCents.ending ?? 'approve', wrong: [...(byCents.wrong ?? []), ...chosen] };
}

/** The behaviour of a running transaction: each loss happens once. */
export class MisbehaviourScript {
  #behaviour;
  #played = new Set();

  constructor(behaviour) {
    this.#behaviour = behaviour;
  }

  get ending() {
    return this.#behaviour.ending;
  }

  has(kind) {
    return this.#behaviour.wrong.some((wrong) => wrong.kind === kind);
  }

  /** Returns whether this loss is due now, and marks it as done: it is not due a second time. */
  isDue(kind, moment, step) {
    const due = this.#behaviour.wrong.find(
      (wrong) => wrong.kind === kind && wrong.moment === moment && wrong.step === step && !this.#played.has(wrong),
    );
    this.#played.add(due);
    return due !== undefined;
  }
}

function losses(kind, what) {
  return Object.entries(STEPS).flatMap(([step, label]) =>
    MOMENTS.map((moment) => ({ name: `${kind}-${moment}-${step}`, label: `${what} ${moment} ${label}`, kind, moment, step })),
  );
}

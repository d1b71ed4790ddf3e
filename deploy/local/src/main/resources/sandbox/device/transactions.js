import * as decisions from './decisions.js';
import { OUTAGE_MILLIS, MisbehaviourScript, behaviourOf } from './behaviour.js';
import { Checkout } from './checkout.js';

/** The step of the script at which a message is sent. */
const STEPS = {
  'transaction-claim': 'claim',
  'transaction-progress': 'progress',
  'transaction-finished': 'finished',
};

/** The transactions of a device: carries out decisions, and misbehaves where the script of a transaction says so. */
export class Transactions {
  #device;
  #scripts = new Map();
  #newestPairingOffered = 0;

  /** @param device the device while it has power, see PoweredDevice */
  constructor(device) {
    this.#device = device;
    this.checkout = undefined;
  }

  /** Before the first connect: ends payments that ran at the power cut, and continues with claimed ones. */
  powerRestored() {
    this.#journal.pending().forEach((entry) => {
      this.#perform(decisions.powerRestored(entry));
      if (entry.state === 'claimed') {
        this.#awaitAnswer(entry.transactionId);
      }
    });
  }

  /** After hello: sends messages again that the cloud may not have received. */
  connected() {
    this.#journal.pending().forEach((entry) => this.#perform(decisions.connected(entry, Date.now())));
  }

  /** Handles a message; returns whether it may be acknowledged: it had its full effect. */
  received(message) {
    const id = message.transactionId;
    if (message.type === 'start-granted' && this.#play('before', 'grant', id)) {
      return false;
    }
    const decided = decisions.about(message, this.#journal.find(id), this.#situation(id));
    if (message.type === 'offer-transaction') {
      this.#newestPairingOffered = Math.max(this.#newestPairingOffered, message.pairingNumber);
      this.#perform(this.#actionsFor(message, decided));
    } else {
      this.#perform(decided);
    }
    return true;
  }

  acknowledged(message) {
    const entry = this.#journal.find(message.transactionId);
    const { type, transactionId, ...report } = message;
    if (type === 'transaction-finished' && entry?.state === 'finished' && !entry.acknowledged
        && JSON.stringify(entry.report) === JSON.stringify(report)) {
      this.#journal.write({ ...entry, acknowledged: true });
    }
    this.#play('after', STEPS[type], transactionId);
  }

  /** Ends the running payment now, with this ending. */
  end(ending) {
    const { offer, extras } = this.checkout;
    const script = this.#script(offer);
    const report = this.#device.report(offer, ending, extras);
    const { prompt } = this.checkout;
    this.#perform(decisions.ended(offer, report));
    this.checkout.close();
    this.checkout = undefined;
    if (script.has('twice')) {
      this.#send({ type: 'transaction-finished', transactionId: offer.transactionId, ...report });
    }
    if (script.has('differently')) {
      const other = ending === 'approve' ? 'decline' : 'approve';
      const second = this.#device.report(offer, other, extras);
      this.#send({ type: 'transaction-finished', transactionId: offer.transactionId, ...second });
    }
    if (script.has('wrong-order')) {
      this.#sendPrompt(offer, prompt);
    }
    this.#device.ended(offer, report);
  }

  get #journal() {
    return this.#device.journal;
  }

  #situation(id) {
    const busy = this.#journal.entries.some((entry) => decisions.isOpen(entry) && entry.transactionId !== id);
    const paying = this.checkout !== undefined && this.checkout.offer.transactionId !== id;
    return {
      busy: busy || paying,
      pairingNumber: Math.max(this.#journal.pairing.number, this.#newestPairingOffered),
      status: this.#device.status,
      canStop: !(this.checkout?.cardRead || (this.checkout && this.#script(this.checkout.offer).has('refuse-cancel'))),
      now: Date.now(),
    };
  }

  /** Returns the actions of this device for an offer, which may replace those of a correct device. */
  #actionsFor(offer, correct) {
    const claims = correct[0].write?.state === 'claimed';
    return claims && this.#script(offer).has('ungranted')
      ? [{ write: decisions.running(offer) }, { run: offer }]
      : correct;
  }

  #perform(actions) {
    actions.forEach((action) => {
      if (action.write) {
        this.#write(action.write);
      } else if (action.send) {
        this.#send(action.send);
      } else if (action.run) {
        this.#run(action.run);
      } else if (action.stop && this.#shows(action.stop)) {
        this.end('cancel');
      } else if (action.repeatProgress && this.#shows(action.repeatProgress)) {
        this.#sendPrompt(this.checkout.offer, this.checkout.prompt);
      }
    });
  }

  #shows(transactionId) {
    return this.checkout?.offer.transactionId === transactionId;
  }

  #write(entry) {
    this.#journal.write(entry);
    if (entry.state === 'claimed') {
      this.#awaitAnswer(entry.transactionId);
    }
    this.#device.changed();
  }

  #awaitAnswer(id) {
    this.#device.after(decisions.CLAIM_INTERVAL_MILLIS, () => {
      const entry = this.#journal.find(id);
      if (entry?.state === 'claimed') {
        this.#perform(decisions.claimUnanswered(entry, Date.now()));
        this.#awaitAnswer(id);
      }
    });
  }

  #run(offer) {
    this.#play('after', 'grant', offer.transactionId);
    const script = this.#script(offer);
    const promptsLater = script.has('wrong-order');
    this.checkout = new Checkout(offer, script, this.#device, {
      prompted: (prompt) => promptsLater || this.#sendPrompt(offer, prompt),
      ended: (ending) => this.end(ending),
    });
    this.checkout.begin();
  }

  #sendPrompt(offer, prompt) {
    this.#send({ type: 'transaction-progress', transactionId: offer.transactionId, prompt });
  }

  #send(message) {
    this.#play('before', STEPS[message.type], message.transactionId);
    this.#device.send(message);
  }

  /** Returns the script of a transaction, chosen when it is first offered. */
  #script(offer) {
    if (!this.#scripts.has(offer.transactionId)) {
      this.#scripts.set(offer.transactionId, new MisbehaviourScript(behaviourOf(offer, this.#device.settings.misbehaviour)));
    }
    return this.#scripts.get(offer.transactionId);
  }

  /** Plays the misbehaviour that is due at this moment; returns whether it lost the connection. */
  #play(moment, step, transactionId) {
    const script = this.#scripts.get(transactionId);
    if (script?.isDue('forget-journal', moment, step)) {
      this.#journal.forget();
      this.#device.changed();
    }
    const lost = script?.isDue('lose-connection', moment, step) ?? false;
    if (lost) {
      this.#device.loseConnection(OUTAGE_MILLIS);
    }
    return lost;
  }
}

import * as decisions from './decisions.js';
import { AWAY_MILLIS, Script, behaviourOf } from './behaviour.js';
import { Checkout } from './checkout.js';

/** At which step of a script a message is. */
const STEPS = {
  'transaction-claim': 'claim',
  'transaction-progress': 'progress',
  'transaction-finished': 'finished',
};

/** Carries out what is decided, and misbehaves where the script of a transaction says so. */
export class Transactions {
  #device;
  #scripts = new Map();
  #newestPairingOffered = 0;

  /** @param device the device while it has power, see PoweredDevice */
  constructor(device) {
    this.#device = device;
    this.checkout = undefined;
  }

  /** Before the first connect: ends what ran when the power went, and takes up what was claimed. */
  powerRestored() {
    this.#journal.unsettled().forEach((entry) => {
      this.#perform(decisions.powerRestored(entry));
      if (entry.state === 'claimed') {
        this.#awaitAnswer(entry.transactionId);
      }
    });
  }

  /** After the greeting: says again what the cloud may not know. */
  connected() {
    this.#journal.unsettled().forEach((entry) => this.#perform(decisions.connected(entry, Date.now())));
  }

  /** Whether the message may be acknowledged: it had all its effect. */
  received(message) {
    const id = message.transactionId;
    if (message.type === 'start-granted' && this.#play('before', 'grant', id)) {
      return false;
    }
    const decided = decisions.about(message, this.#journal.find(id), this.#situation(id));
    if (message.type === 'offer-transaction') {
      this.#newestPairingOffered = Math.max(this.#newestPairingOffered, message.pairingNumber);
      this.#perform(this.#instead(message, decided));
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

  /** The payment that runs ends now, however it was going to end. */
  end(ending) {
    const { offer, extras } = this.checkout;
    const script = this.#script(offer);
    const report = this.#device.report(offer, ending, extras);
    const { prompt } = this.checkout;
    this.#perform(decisions.ended(offer, report));
    this.checkout.close();
    this.checkout = undefined;
    if (script.has('twice')) {
      this.#say({ type: 'transaction-finished', transactionId: offer.transactionId, ...report });
    }
    if (script.has('differently')) {
      const other = ending === 'approve' ? 'decline' : 'approve';
      const second = this.#device.report(offer, other, extras);
      this.#say({ type: 'transaction-finished', transactionId: offer.transactionId, ...second });
    }
    if (script.has('wrong-order')) {
      this.#sayPrompt(offer, prompt);
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
      now: Date.now(),
    };
  }

  /** What this device does about an offer instead of what an honest one would. */
  #instead(offer, honest) {
    const claims = honest[0].write?.state === 'claimed';
    return claims && this.#script(offer).has('ungranted')
      ? [{ write: decisions.running(offer) }, { run: offer }]
      : honest;
  }

  #perform(actions) {
    actions.forEach((action) => {
      if (action.write) {
        this.#write(action.write);
      } else if (action.send) {
        this.#say(action.send);
      } else if (action.run) {
        this.#run(action.run);
      } else if (action.stop && this.#shows(action.stop)) {
        this.end('cancel');
      } else if (action.repeatProgress && this.#shows(action.repeatProgress)) {
        this.#sayPrompt(this.checkout.offer, this.checkout.prompt);
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
    this.#device.after(decisions.CLAIM_EVERY_MILLIS, () => {
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
    const silent = script.has('wrong-order');
    this.checkout = new Checkout(offer, script, this.#device, {
      prompted: (prompt) => silent || this.#sayPrompt(offer, prompt),
      ended: (ending) => this.end(ending),
    });
    this.checkout.begin();
  }

  #sayPrompt(offer, prompt) {
    this.#say({ type: 'transaction-progress', transactionId: offer.transactionId, prompt });
  }

  #say(message) {
    this.#play('before', STEPS[message.type], message.transactionId);
    this.#device.send(message);
  }

  /** Chosen when a transaction is first offered. */
  #script(offer) {
    if (!this.#scripts.has(offer.transactionId)) {
      this.#scripts.set(offer.transactionId, new Script(behaviourOf(offer, this.#device.settings.misbehaviour)));
    }
    return this.#scripts.get(offer.transactionId);
  }

  /** Plays what is due at this moment, and says whether the connection was lost by it. */
  #play(moment, step, transactionId) {
    const script = this.#scripts.get(transactionId);
    if (script?.isDue('forget-journal', moment, step)) {
      this.#journal.forget();
      this.#device.changed();
    }
    const lost = script?.isDue('lose-connection', moment, step) ?? false;
    if (lost) {
      this.#device.loseConnection(AWAY_MILLIS);
    }
    return lost;
  }
}

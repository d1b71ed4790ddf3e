import { DELAY_MILLIS } from './behaviour.js';
import { needsCustomer, promptOf, requested, takesExtras } from './functions.js';

const CUSTOMER_MILLIS = 2_000;
const PROCESSING_MILLIS = 900;

/**
 * The function that the device runs now, from its first prompt to its end: tip, card, PIN, processing. A person at the device goes from
 * stage to stage, or the checkout ends by itself, as the settings say.
 */
export class Checkout {
  #script;
  #device;
  #listener;
  #open = true;

  /** @param listener { prompted(prompt), ended(ending) } */
  constructor(offer, script, device, listener) {
    this.offer = offer;
    this.extras = { surcharge: 0, tip: 0 };
    this.cardRead = false;
    this.stage = 'wait';
    this.prompt = promptOf(offer);
    this.#script = script;
    this.#device = device;
    this.#listener = listener;
  }

  get total() {
    return requested(this.offer) + this.extras.surcharge + this.extras.tip;
  }

  begin() {
    const { customer, surchargeBasisPoints, asksForTip } = this.#device.settings;
    if (takesExtras(this.offer)) {
      this.extras.surcharge = share(requested(this.offer), surchargeBasisPoints);
    }
    if (!needsCustomer(this.offer)) {
      this.#show('wait', promptOf(this.offer));
      this.#finish(this.#script.ending);
    } else if (customer !== 'person') {
      this.#show('card', promptOf(this.offer));
      const ending = customer === 'amount' ? this.#script.ending : customer;
      this.#after(CUSTOMER_MILLIS, () => this.#finish(ending));
    } else if (asksForTip && takesExtras(this.offer)) {
      this.#show('tip', 'ADD A TIP');
    } else {
      this.#show('card', promptOf(this.offer));
    }
  }

  addTip(basisPoints) {
    this.extras.tip = share(requested(this.offer), basisPoints);
    this.#show('card', promptOf(this.offer));
  }

  tap() {
    this.#process(this.#script.ending);
  }

  insert() {
    this.#show('pin', 'ENTER PIN');
  }

  decline() {
    this.#process('decline');
  }

  /** Cancels at once, in any stage. */
  cancel() {
    this.#listener.ended('cancel');
  }

  /** Stops the checkout: its timers have no effect from now on. */
  close() {
    this.#open = false;
  }

  /** From here on the register can't cancel: the payment is on its way to the acquirer. */
  #process(ending) {
    this.cardRead = true;
    this.#show('wait', 'PROCESSING');
    this.#after(PROCESSING_MILLIS, () => this.#finish(ending));
  }

  #finish(ending) {
    if (this.#script.has('never')) {
      this.#show('wait', 'PLEASE WAIT');
      return;
    }
    this.#after(this.#script.has('late') ? DELAY_MILLIS : 0, () => this.#listener.ended(ending));
  }

  #show(stage, prompt) {
    this.stage = stage;
    this.prompt = prompt;
    this.#listener.prompted(prompt);
    this.#device.changed();
  }

  #after(millis, task) {
    this.#device.after(millis, () => this.#open && task());
  }
}

/** Returns this many basis points of an amount, rounded to whole cents. */
function share(cents, basisPoints) {
  return Math.floor((cents * basisPoints + 5_000) / 10_000);
}

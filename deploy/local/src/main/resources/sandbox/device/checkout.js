import { LATE_MILLIS } from './behaviour.js';
import { needsCustomer, promptOf, requested, takesExtras } from './functions.js';

const CUSTOMER_MILLIS = 2_000;
const PROCESSING_MILLIS = 900;

/**
 * The one function that the device runs now, from its first prompt to its end: tip, card, PIN, processing. Somebody at the device
 * goes from stage to stage; or nobody does, and it goes by itself.
 */
export class Checkout {
  #script;
  #device;
  #told;
  #open = true;

  /** @param told { prompted(prompt), ended(ending) } */
  constructor(offer, script, device, told) {
    this.offer = offer;
    this.extras = { surcharge: 0, tip: 0 };
    this.stage = 'wait';
    this.prompt = promptOf(offer);
    this.#script = script;
    this.#device = device;
    this.#told = told;
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

  /** At once, whatever the stage. */
  cancel() {
    this.#told.ended('cancel');
  }

  /** Nothing of it happens any more. */
  close() {
    this.#open = false;
  }

  #process(ending) {
    this.#show('wait', 'PROCESSING');
    this.#after(PROCESSING_MILLIS, () => this.#finish(ending));
  }

  #finish(ending) {
    if (this.#script.has('never')) {
      this.#show('wait', 'PLEASE WAIT');
      return;
    }
    this.#after(this.#script.has('late') ? LATE_MILLIS : 0, () => this.#told.ended(ending));
  }

  #show(stage, prompt) {
    this.stage = stage;
    this.prompt = prompt;
    this.#told.prompted(prompt);
    this.#device.changed();
  }

  #after(millis, task) {
    this.#device.after(millis, () => this.#open && task());
  }
}

/** So many hundredths of a percent, in whole cents. */
function share(cents, basisPoints) {
  return Math.floor((cents * basisPoints + 5_000) / 10_000);
}

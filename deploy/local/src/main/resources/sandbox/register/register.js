import { addressOf } from '../page/base.js';
import { PosApi } from './pos-api.js';
import { outcomeOf } from './outcome.js';
import { load, remove, save } from '../page/storage.js';

const POLL_MILLIS = 1_000;
const KEPT_RESULTS = 5;
const KEPT_EXCHANGES = 30;
const LOST = { tone: 'waiting', headline: 'No answer', explanation: 'It is not known whether a transaction was started.' };

/**
 * A register: pairs, starts transactions and polls them. It stores its identity, its last results and the transaction it waits for, so
 * that a reload of the page loses no payment.
 */
export class Register {
  #api;
  #watcher;
  #open = true;

  /** @param watcher changed(), exchanged(exchange, register) for each request, and completed(body, register) */
  constructor(number, watcher) {
    this.number = number;
    this.exchanges = [];
    this.busy = false;
    this.outcome = undefined;
    this.#watcher = watcher;
    this.#api = new PosApi(addressOf('POS'), (exchange) => this.#exchanged(exchange));
    const kept = load(`register.${number}`, {});
    this.identity = kept.identity ?? defaultIdentity(number);
    this.paired = kept.paired ?? false;
    this.results = kept.results ?? [];
    this.waiting = kept.waiting;
    if (this.waiting) {
      queueMicrotask(() => this.#follow());
    }
  }

  rename(identity) {
    this.identity = { ...this.identity, ...identity };
    this.paired = false;
    this.#changed();
  }

  async pair(code) {
    this.#begin();
    const { status, answer } = await this.#api.pair(code.replaceAll(/\s/g, ''), this.identity);
    this.paired = status === 200 || this.paired;
    this.#end(status === 200 ? { tone: 'good', headline: 'Paired', explanation: '' } : rejection(status, answer));
    return status === 200;
  }

  async start(parameters, amountText) {
    this.#begin({ tone: 'waiting', headline: 'Waiting for the terminal', explanation: '' });
    const { status, answer } = await this.#api.start(this.identity, parameters);
    if (status !== 200) {
      this.#end(rejection(status, answer));
      return;
    }
    this.waiting = { type: parameters.TransactionType, amount: amountText, pollingUrl: answer.data.PollingUrl };
    if (this.#take(answer)) {
      await this.#follow();
    }
  }

  /** Requests the cancellation of the transaction it waits for; the next polls show the outcome. */
  cancel() {
    return this.#api.cancel(this.waiting.pollingUrl);
  }

  remove() {
    this.#open = false;
    remove(`register.${this.number}`);
  }

  /** Polls until the transaction is completed; repeats polls that fail, unless the token is no longer valid. */
  async #follow() {
    this.busy = true;
    this.#changed();
    for (let goesOn = true; goesOn && this.#open; ) {
      await new Promise((passed) => setTimeout(passed, POLL_MILLIS));
      const { status, answer } = await this.#api.poll(this.waiting.pollingUrl);
      goesOn = status === 401 ? this.#giveUp(answer) : status !== 200 || this.#take(answer);
    }
  }

  /** Handles an answer; returns whether to poll again. */
  #take(body) {
    this.outcome = outcomeOf(body);
    if (body.transactionStatus === 'COMPLETED') {
      const { type, amount } = this.waiting;
      const result = { at: Date.now(), type, amount, tone: this.outcome.tone, headline: this.outcome.headline };
      this.results = [result, ...this.results].slice(0, KEPT_RESULTS);
      this.#watcher.completed(body, this);
      this.#end(this.outcome);
      return false;
    }
    this.#changed();
    return true;
  }

  #giveUp(answer) {
    this.#end({ tone: 'bad', headline: answer.error, explanation: 'Check the terminal for the outcome.' });
    return false;
  }

  #begin(outcome) {
    this.busy = true;
    this.outcome = outcome;
    this.#changed();
  }

  #end(outcome) {
    this.busy = false;
    this.waiting = undefined;
    this.outcome = outcome;
    this.#changed();
  }

  #exchanged(exchange) {
    const last = this.exchanges[0];
    if (exchange.method === 'GET' && last?.url === exchange.url) {
      this.exchanges = [{ ...exchange, times: (last.times ?? 1) + 1 }, ...this.exchanges.slice(1)];
    } else {
      this.exchanges = [exchange, ...this.exchanges].slice(0, KEPT_EXCHANGES);
    }
    this.#watcher.exchanged(exchange, this);
    this.#changed();
  }

  #changed() {
    if (this.#open) {
      const { identity, paired, results, waiting } = this;
      save(`register.${this.number}`, { identity, paired, results, waiting });
      this.#watcher.changed();
    }
  }
}

function rejection(status, answer) {
  return status === undefined ? LOST : { tone: 'bad', headline: answer?.error ?? `Status ${status}`, explanation: '' };
}

/** A register id is unique across all customers of a vendor, hence random. */
function defaultIdentity(number) {
  const random = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    vendorName: 'Demo POS',
    businessName: 'Demo Shop',
    registerId: `sandbox-${random}`,
    registerName: `Register ${number}`,
  };
}

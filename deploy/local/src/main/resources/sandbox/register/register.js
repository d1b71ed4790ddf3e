import { addressOf } from '../page/base.js';
import { moneyOf } from '../page/money.js';
import { Network } from './network.js';
import { PosApi } from './pos-api.js';
import { defaultIdentity, randomHex } from './identity.js';
import { outcomeOf } from './outcome.js';
import { presenceOf } from './presence.js';
import { withStepsOf } from './steps.js';
import { load, remove, save } from '../page/storage.js';

const PAUSE_MILLIS = 1_000;
const PRESENCE_MILLIS = 15_000;
const KEPT_RESULTS = 5;
const KEPT_EXCHANGES = 30;
const STARTING = { tone: 'waiting', headline: 'Waiting for the terminal', explanation: '' };
const LOST = { tone: 'waiting', headline: 'No answer', explanation: 'The same request is sent again, with the same key: it starts nothing twice.' };
const LOST_PAIRING = { tone: 'waiting', headline: 'No answer', explanation: 'Pair again: the same code of the same register counts once.' };

/**
 * A register: pairs, starts transactions and follows them. It stores its identity, its last results and the transaction it waits for, so
 * that a reload of the page loses no payment, and a start whose answer was lost is repeated with its key.
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
    this.presence = undefined;
    this.steps = [];
    this.#watcher = watcher;
    this.network = new Network(() => this.#changed());
    this.#api = new PosApi(addressOf('POS'), this.network, (exchange) => this.#exchanged(exchange));
    const kept = load(`register.${number}`, {});
    this.identity = kept.identity ?? defaultIdentity(number);
    this.paired = kept.paired ?? false;
    this.token = kept.token;
    this.results = kept.results ?? [];
    this.waiting = kept.waiting;
    if (this.waiting) {
      queueMicrotask(() => this.#resume());
    }
    this.#watchPresence();
  }

  rename(identity) {
    this.identity = { ...this.identity, ...identity };
    this.#forgetPairing();
    this.#changed();
  }

  async pair(code) {
    this.#begin();
    const { status, answer, token } = await this.#api.pair(code.replaceAll(/\s/g, ''), this.identity);
    if (status === 200) {
      this.paired = true;
      this.token = token;
    }
    this.#end(status === 200 ? { tone: 'good', headline: 'Paired', explanation: '' } : rejection(status, answer, LOST_PAIRING));
    await this.#askPresence();
    return status === 200;
  }

  async unpair() {
    const { status, answer } = await this.#api.unpair(this.identity, this.token);
    if (status === 200) {
      this.#forgetPairing();
    }
    this.#end(status === 200 ? { tone: 'neutral', headline: 'Unpaired', explanation: '' } : rejection(status, answer, LOST));
  }

  /** @param streams whether to follow the transaction by a stream of events; otherwise by polls */
  async start(parameters, amountText, streams) {
    const type = parameters.TransactionType;
    this.waiting = { type, amount: amountText, parameters, streams, key: randomHex(16), begunAt: Date.now() };
    this.steps = [];
    await this.#resume();
  }

  /** Requests the cancellation of the transaction it waits for. */
  async cancel() {
    const { status, answer } = await this.#api.cancel(this.waiting.pollingUrl);
    if (status === 200 && this.waiting) {
      this.#take(answer);
    }
  }

  remove() {
    this.#open = false;
    remove(`register.${this.number}`);
  }

  /** Starts the transaction that it waits for, unless that is done, and follows it to its end. */
  async #resume() {
    this.#begin(STARTING);
    if (this.waiting.pollingUrl || (await this.#sendStart())) {
      await this.#follow();
    }
    await this.#askPresence();
  }

  /** Sends the start, again with its key after each lost answer; returns whether there is something to follow. */
  async #sendStart() {
    while (this.#open) {
      const { status, answer } = await this.#api.start(this.identity, this.waiting.parameters, this.waiting.key, this.token);
      if (status === 200) {
        this.waiting.pollingUrl = answer.data.PollingUrl;
        return this.#take(answer);
      }
      if (status !== undefined && status !== 503) {
        this.#end(rejection(status, answer, LOST));
        return false;
      }
      this.outcome = rejection(status, answer, LOST);
      this.#changed();
      await pause(PAUSE_MILLIS);
    }
    return false;
  }

  /** Reads bodies until the transaction is completed; repeats what fails, unless the token is no longer valid. */
  async #follow() {
    for (let goesOn = true; goesOn && this.#open; ) {
      const { pollingUrl, version, streams } = this.waiting;
      if (!streams) {
        await pause(PAUSE_MILLIS);
      }
      const { status, answer } = streams
        ? await this.#api.stream(pollingUrl, version, (body) => (goesOn = this.#take(body)))
        : await this.#api.poll(pollingUrl);
      if (status === 401) {
        goesOn = this.#giveUp(answer);
      } else if (!streams && status === 200) {
        goesOn = this.#take(answer);
      } else if (streams && goesOn) {
        await pause(PAUSE_MILLIS);
      }
    }
  }

  /** Handles a body, unless a newer one was there before; returns whether to go on. */
  #take(body) {
    if (!this.waiting || body.version < this.waiting.version) {
      return Boolean(this.waiting);
    }
    this.waiting.version = body.version;
    this.steps = withStepsOf(body, this.steps, this.waiting.begunAt);
    this.outcome = outcomeOf(body);
    if (body.transactionStatus === 'COMPLETED') {
      const { type, amount } = this.waiting;
      const { tone, headline } = this.outcome;
      const result = { at: Date.now(), type, amount, tone, headline, ...paidBy(body) };
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

  /** Looks now and then whether the terminal is there, while somebody looks at the page. */
  async #watchPresence() {
    while (this.#open) {
      if (document.visibilityState === 'visible' && !this.busy) {
        await this.#askPresence();
      }
      await pause(PRESENCE_MILLIS);
    }
  }

  async #askPresence() {
    if (this.paired && this.token) {
      const { status, answer } = await this.#api.presence(this.identity, this.token);
      if (status === 400 || status === 401) {
        this.#forgetPairing();
      }
      this.presence = this.paired ? presenceOf(status, answer) : undefined;
      this.#changed();
    }
  }

  #forgetPairing() {
    this.paired = false;
    this.token = undefined;
    this.presence = undefined;
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
    if (isRepeated(exchange, last)) {
      this.exchanges = [{ ...exchange, times: (last.times ?? 1) + 1 }, ...this.exchanges.slice(1)];
    } else {
      this.exchanges = [exchange, ...this.exchanges].slice(0, KEPT_EXCHANGES);
    }
    this.#watcher.exchanged(exchange, this);
    this.#changed();
  }

  #changed() {
    if (this.#open) {
      const { identity, paired, token, results, waiting } = this;
      save(`register.${this.number}`, { identity, paired, token, results, waiting });
      this.#watcher.changed();
    }
  }
}

/** Polls, the events of a stream, and requests that get no answer again are shown once, with their number. */
function isRepeated(exchange, last) {
  const isSame = last?.method === exchange.method && last.url === exchange.url;
  return isSame && (exchange.method === 'GET' || (exchange.status === undefined && last.status === undefined));
}

function rejection(status, answer, lost) {
  return status === undefined ? lost : { tone: 'bad', headline: answer?.error ?? `Status ${status}`, explanation: '' };
}

function pause(millis) {
  return new Promise((passed) => setTimeout(passed, millis));
}

/** Returns the amount that the customer may get back: not the cash. */
function paidBy({ transactionId, data }) {
  return data.TransactionResult === 'OK-ACCEPTED'
    ? { paid: transactionId, refundable: moneyOf(Number(data.AmountTotal) - Number(data.AmountCash ?? 0)) }
    : {};
}

import { eventsOf } from './event-stream.js';

/**
 * A client of the public POS API, as a register uses it. It passes each request and its answer to the watcher, as sent and as received:
 * { method, url, headers, body, status, answer, millis }. Without an answer, status and answer are undefined.
 */
export class PosApi {
  #base;
  #network;
  #watcher;

  constructor(base, network, watcher) {
    this.#base = base;
    this.#network = network;
    this.#watcher = watcher;
  }

  /** The returned exchange has the pairing token, if the register is paired now. */
  pair(code, identity) {
    const parameters = { ...namesOf(identity), POSRegisterName: identity.registerName };
    return this.#send('PUT', `${this.#base}/Pairing/${encodeURIComponent(code)}`, { parameters });
  }

  unpair(identity, token) {
    return this.#send('DELETE', `${this.#base}/Pairing`, { parameters: namesOf(identity), headers: { 'Pairing-Token': token } });
  }

  /** Asks for the presence of the register's terminal, without telling the watcher: that is nothing that a register does. */
  async presence(identity, token) {
    const url = `${this.#base}/Device?${new URLSearchParams(namesOf(identity))}`;
    return this.#exchange({ method: 'GET', url, headers: { 'Pairing-Token': token } });
  }

  /**
   * @param parameters TransactionType, TransactionMode and the parameters of the type
   * @param key the Idempotency-Key: the same request with the same key starts nothing new
   * @param token the pairing token, which only a refund of a certain transaction needs
   */
  start(identity, parameters, key, token) {
    const headers = { 'Idempotency-Key': key, ...(parameters.OriginalTransactionId && { 'Pairing-Token': token }) };
    return this.#send('POST', `${this.#base}/Transaction`, { parameters: { ...namesOf(identity), ...parameters }, headers });
  }

  poll(pollingUrl) {
    return this.#send('GET', pollingUrl);
  }

  /** Passes each body to the consumer until the stream ends, at once from the first version after the one that is known. */
  async stream(pollingUrl, version, consumer) {
    const headers = { Accept: 'text/event-stream', ...(version && { 'Last-Event-ID': String(version) }) };
    const exchange = { method: 'GET', url: pollingUrl, headers };
    const finished = await this.#exchange(exchange, async (response) => {
      for await (const { data } of eventsOf(response)) {
        exchange.answer = JSON.parse(data);
        this.#watcher({ ...exchange });
        consumer(exchange.answer);
      }
    });
    if (finished.status !== 200) {
      this.#watcher(finished);
    }
    return finished;
  }

  cancel(pollingUrl) {
    return this.#send('POST', pollingUrl.replace('?', '/cancel?'));
  }

  async #send(method, url, { parameters, headers } = {}) {
    const exchange = await this.#exchange({ method, url, headers, body: parameters && new URLSearchParams(parameters).toString() });
    this.#watcher(exchange);
    return exchange;
  }

  /** Completes the exchange with what comes back. An answer of 200 is read by the reader, if there is one. */
  async #exchange(exchange, reader) {
    const begun = performance.now();
    const { method, url, body } = exchange;
    const form = body && { 'Content-Type': 'application/x-www-form-urlencoded' };
    exchange.at = new Date();
    try {
      const response = await this.#network.fetch(url, { method, body, headers: { ...form, ...exchange.headers } });
      exchange.status = response.status;
      exchange.token = response.headers.get('Pairing-Token') ?? undefined;
      exchange.millis = Math.round(performance.now() - begun);
      if (reader && response.status === 200) {
        await reader(response);
      } else {
        exchange.answer = await response.json();
      }
    } catch (lost) {
      exchange.lost = lost.message;
      exchange.status = undefined;
    }
    exchange.millis = Math.round(performance.now() - begun);
    return exchange;
  }
}

function namesOf({ vendorName, businessName, registerId }) {
  return { POSRegisterID: registerId, POSBusinessName: businessName, POSVendorName: vendorName };
}

/**
 * A client of the public POS API, as a register uses it. It passes each request and its answer to the watcher, as sent and as received:
 * { method, url, body, status, answer, millis }. Without an answer, status and answer are undefined.
 */
export class PosApi {
  #base;
  #watcher;

  constructor(base, watcher) {
    this.#base = base;
    this.#watcher = watcher;
  }

  pair(code, { vendorName, businessName, registerId, registerName }) {
    return this.#send('PUT', `${this.#base}/Pairing/${encodeURIComponent(code)}`, {
      POSRegisterID: registerId,
      POSRegisterName: registerName,
      POSBusinessName: businessName,
      POSVendorName: vendorName,
    });
  }

  /** @param parameters TransactionType, TransactionMode and the parameters of the type */
  start({ vendorName, businessName, registerId }, parameters) {
    return this.#send('POST', `${this.#base}/Transaction`, {
      POSRegisterID: registerId,
      POSBusinessName: businessName,
      POSVendorName: vendorName,
      ...parameters,
    });
  }

  poll(pollingUrl) {
    return this.#send('GET', pollingUrl);
  }

  cancel(pollingUrl) {
    return this.#send('POST', pollingUrl.replace('?', '/cancel?'));
  }

  /** Returns { status, answer }; both are undefined without an answer. */
  async #send(method, url, parameters) {
    const body = parameters && new URLSearchParams(parameters);
    const begun = performance.now();
    const exchange = { method, url, body: body?.toString(), at: new Date() };
    try {
      const response = await fetch(url, { method, body });
      exchange.status = response.status;
      exchange.answer = await response.json();
    } catch (lost) {
      exchange.lost = lost.message;
    }
    exchange.millis = Math.round(performance.now() - begun);
    this.#watcher(exchange);
    return exchange;
  }
}

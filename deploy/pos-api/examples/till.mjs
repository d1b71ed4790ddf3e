// A till in JavaScript for Node 18 or newer (till-node.mjs) and for browsers (till.html), without packages.

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** An answer of 4xx: this request had no effect. If it is UNKNOWN, an earlier one may have had one. */
export class Refused extends Error {}

export class Till {
  loseAnswers = 0; // so many are thrown away, as if the connection had been lost
  inDoubt = false; // whether an earlier request may have started the payment

  constructor(url, names, pairingToken, print) {
    Object.assign(this, { url: url + '/POS', names, pairingToken, print });
  }

  /** Repeats a request until it has an answer. That is safe: a pairing has its code, and a start has its key. */
  async ask(method, url, form, headers) {
    for (;;) {
      let seconds = 2;
      try {
        const body = new URLSearchParams(form);
        const response = await fetch(url, { method, body, headers, signal: AbortSignal.timeout(30_000) });
        const answer = await response.json();
        if (--this.loseAnswers >= 0) throw new Error('Thrown away');
        if (response.ok) return [answer, response.headers];
        if (response.status < 500) throw new Refused((this.inDoubt ? 'UNKNOWN ' : 'NOT STARTED ') + answer.error);
        this.inDoubt ||= response.status !== 503; // after a 503 nothing runs, for certain
        seconds = Number(response.headers.get('Retry-After') ?? seconds);
      } catch (failure) {
        if (failure instanceof Refused) throw failure;
        this.inDoubt = true;
      }
      this.print('no answer, asking again');
      await pause(seconds);
    }
  }

  async pair(code) {
    const [, headers] = await this.ask('PUT', `${this.url}/Pairing/${code}`, this.names);
    this.pairingToken = headers.get('Pairing-Token');
  }

  /** Starts a payment, or finds the one that an earlier start with this reference has started. */
  async start(form) {
    const headers = { 'Idempotency-Key': form.POSReferenceID };
    if (this.pairingToken) headers['Pairing-Token'] = this.pairingToken;
    [this.transaction] = await this.ask('POST', `${this.url}/Transaction`, form, headers);
    Object.assign(this, { form, inDoubt: true, pollingUrl: this.transaction.data.PollingUrl });
  }

  /** Returns the data of the payment when it has ended, and not before: a lost connection is not an outcome. */
  async wait() {
    while (this.transaction.transactionStatus !== 'COMPLETED') {
      let status = 0;
      try {
        const headers = { Accept: 'text/event-stream' };
        const stream = await fetch(this.pollingUrl, { headers, signal: AbortSignal.timeout(60_000) });
        status = stream.status;
        for await (const line of lines(stream.body)) {
          if (line.startsWith('data:')) this.show(JSON.parse(line.slice(5)));
        }
      } catch {
        // A lost connection, or one that is a minute old and may be lost: the next one begins with the state.
      }
      if (status !== 200) await pause(2);
      // A PollingUrl that is too old is refused: the same key gets a new one.
      if (status >= 400 && status < 500) await this.start(this.form);
    }
    return this.transaction.data;
  }

  show(transaction) {
    const before = this.transaction.data;
    this.transaction = transaction;
    for (const name of ['Prompt', 'TransactionResult', 'ResultText', 'Cancellation']) {
      const value = transaction.data[name];
      if (value && value !== before[name]) this.print(`${name}: ${value}`);
    }
  }

  /** Asks the device to stop. It may be too late: only the outcome says whether the customer has paid. */
  async cancel() {
    await this.ask('POST', this.pollingUrl.replace('?', '/cancel?'));
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk; !(chunk = await reader.read()).done; ) {
    const parts = (rest + chunk.value).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

/** Returns the last line: OK-ACCEPTED is the only result that is paid, or refunded. */
export function outcome({ TransactionResult, AmountTotal, AuthId }, paid = 'PAID') {
  return TransactionResult === 'OK-ACCEPTED' ? `${paid} ${AmountTotal} AuthId=${AuthId}` : `NOT ${paid} ${TransactionResult}`;
}

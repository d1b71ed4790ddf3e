import { MqttConnection } from '../mqtt/connection.js';

const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 30_000;
const ACKNOWLEDGEMENT_LIMIT_MILLIS = 20_000;

/**
 * Keeps the device connected: connects anew with growing, random pauses for as long as it is plugged in and not cut, and gives up a
 * connection on which the cloud does not acknowledge a message in time.
 *
 * The listener is told connected(), received(message), which returns whether it had all its effect, acknowledged(message) and
 * lost(reason).
 */
export class Link {
  #url;
  #credentials;
  #listener;
  #connection;
  #connected = false;
  #plugged;
  #closed = false;
  #failures = 0;
  #nextAttempt;

  constructor(url, credentials, plugged, listener) {
    this.#url = url;
    this.#credentials = credentials;
    this.#plugged = plugged;
    this.#listener = listener;
  }

  get connected() {
    return this.#connected;
  }

  connect() {
    if (this.#closed || !this.#plugged || this.#connection) {
      return;
    }
    clearTimeout(this.#nextAttempt);
    const opening = new MqttConnection(this.#url, this.#credentials, {
      opened: () => this.#opened(),
      received: (payload, acknowledge) => this.#received(opening, payload, acknowledge),
      ended: (reason) => this.#ended(reason, 0),
    });
    this.#connection = opening;
  }

  /** Without a connection nothing happens: what must not be lost is repeated by the device after the next connect. */
  async send(message) {
    if (!this.#connected) {
      return;
    }
    const on = this.#connection;
    const limit = setTimeout(() => this.#giveUp(on), ACKNOWLEDGEMENT_LIMIT_MILLIS);
    await on.publish(JSON.stringify(message));
    clearTimeout(limit);
    if (!this.#closed) {
      this.#failures = 0;
      this.#listener.acknowledged(message);
    }
  }

  /** Breaks the connection without a goodbye and stays away this long, or the usual pause when that is longer. */
  lose(awayMillis) {
    this.#drop('the device lost its connection', awayMillis);
  }

  unplug() {
    this.#plugged = false;
    clearTimeout(this.#nextAttempt);
    this.#drop('the network is unplugged', 0);
  }

  plug() {
    this.#plugged = true;
    this.#failures = 0;
    this.connect();
  }

  /** Ends the connection without a goodbye, for good. */
  cut() {
    this.#closed = true;
    clearTimeout(this.#nextAttempt);
    this.#connection?.cut();
    this.#connected = false;
  }

  #opened() {
    this.#connected = true;
    this.#listener.connected();
  }

  #received(from, payload, acknowledge) {
    const message = read(payload);
    const handled = message === undefined || this.#listener.received(message);
    if (handled && from === this.#connection) {
      acknowledge();
    }
  }

  #giveUp(silent) {
    if (silent === this.#connection) {
      this.#drop('a message was not acknowledged in time', 0);
    }
  }

  #drop(reason, awayMillis) {
    if (this.#connection) {
      this.#connection.cut();
      this.#ended(reason, awayMillis);
    }
  }

  #ended(reason, awayMillis) {
    this.#connection = undefined;
    this.#connected = false;
    if (this.#plugged && !this.#closed) {
      this.#nextAttempt = setTimeout(() => this.connect(), Math.max(awayMillis, this.#pause()));
    }
    this.#listener.lost(reason);
  }

  #pause() {
    const longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** this.#failures++);
    return longest * (0.5 + Math.random() / 2);
  }
}

/** Devices ignore what they can't read. */
function read(payload) {
  try {
    const message = JSON.parse(payload);
    return message !== null && typeof message === 'object' ? message : undefined;
  } catch (unreadable) {
    return undefined;
  }
}

import { MqttConnection } from '../mqtt/connection.js';

const FIRST_PAUSE_MILLIS = 500;
const MAX_PAUSE_MILLIS = 30_000;
const ACKNOWLEDGEMENT_TIMEOUT_MILLIS = 20_000;

/**
 * The device's link to the cloud: reconnects with exponential, random backoff while it is plugged in and not cut, and closes a connection
 * on which the cloud does not acknowledge a message in time. When another client has taken the device over it does not reconnect by itself,
 * since two that do would end each other's connection for ever.
 *
 * It calls connected(), received(message), which returns whether the message had its full effect, acknowledged(message) and
 * lost(reason) of the listener.
 */
export class Link {
  #url;
  #credentials;
  #listener;
  #connection;
  #connected = false;
  #plugged;
  #closed = false;
  #takenOver = false;
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

  get takenOver() {
    return this.#takenOver;
  }

  connect() {
    if (this.#closed || !this.#plugged || this.#takenOver || this.#connection) {
      return;
    }
    clearTimeout(this.#nextAttempt);
    const opening = new MqttConnection(this.#url, this.#credentials, {
      opened: () => this.#opened(),
      received: (payload, acknowledge) => this.#received(opening, payload, acknowledge),
      ended: (reason, takenOver) => this.#ended(reason, 0, takenOver),
    });
    this.#connection = opening;
  }

  /** Sends a message; does nothing without a connection, as the device repeats important messages after the next connect. */
  async send(message) {
    if (!this.#connected) {
      return;
    }
    const on = this.#connection;
    const limit = setTimeout(() => this.#giveUp(on), ACKNOWLEDGEMENT_TIMEOUT_MILLIS);
    await on.publish(JSON.stringify(message));
    clearTimeout(limit);
    if (!this.#closed) {
      this.#failures = 0;
      this.#listener.acknowledged(message);
    }
  }

  /** Breaks the connection without a DISCONNECT and stays offline for this time, or for the usual pause if that is longer. */
  lose(outageMillis) {
    this.#drop('the device lost its connection', outageMillis);
  }

  unplug() {
    this.#plugged = false;
    clearTimeout(this.#nextAttempt);
    this.#drop('the network is unplugged', 0);
  }

  plug() {
    this.#plugged = true;
    this.takeBack();
  }

  /** Connects also if another client has taken the device over, which ends that client's connection. */
  takeBack() {
    this.#takenOver = false;
    this.#failures = 0;
    this.connect();
  }

  /** Ends the connection without a DISCONNECT, and does not reconnect. */
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

  #giveUp(connection) {
    if (connection === this.#connection) {
      this.#drop('a message was not acknowledged in time', 0);
    }
  }

  #drop(reason, outageMillis) {
    if (this.#connection) {
      this.#connection.cut();
      this.#ended(reason, outageMillis);
    }
  }

  #ended(reason, outageMillis, takenOver = false) {
    this.#connection = undefined;
    this.#connected = false;
    this.#takenOver = takenOver;
    if (this.#plugged && !this.#closed && !takenOver) {
      this.#nextAttempt = setTimeout(() => this.connect(), Math.max(outageMillis, this.#pause()));
    }
    this.#listener.lost(reason);
  }

  #pause() {
    const cappedMillis = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** this.#failures++);
    return cappedMillis * (0.5 + Math.random() / 2);
  }
}

/** Parses a payload; undefined if it is malformed, as devices ignore such messages. */
function read(payload) {
  try {
    const message = JSON.parse(payload);
    return message !== null && typeof message === 'object' ? message : undefined;
  } catch (unreadable) {
    return undefined;
  }
}

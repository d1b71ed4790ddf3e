import { isAboutTransaction } from './decisions.js';
import { report } from './functions.js';
import { Link } from './link.js';
import { Transactions } from './transactions.js';

const MODEL = 'sandbox-terminal';
const FIRMWARE = '1.0.0';
const RESULT_MILLIS = 6_000;

/** The default settings of a device; the user interface stores changes. */
export const DEFAULT_SETTINGS = {
  customer: 'person',
  misbehaviour: '',
  surchargeBasisPoints: 0,
  asksForTip: false,
};

/**
 * A payment terminal with its two plugs. It calls its watcher on each change; its visible state is in power, plugged, link, screen,
 * pairing and paper.
 */
export class Device {
  #url;
  #secret;
  #watcher;
  #powered;

  /**
   * @param settings as DEFAULT_SETTINGS; read each time, so it may change
   * @param watcher called without arguments
   */
  constructor({ id, secret, url, journal, settings, watcher }) {
    this.id = id;
    this.journal = journal;
    this.settings = settings;
    this.status = 'READY';
    this.plugged = true;
    this.paper = undefined;
    this.#url = url;
    this.#secret = secret;
    this.#watcher = watcher;
  }

  get power() {
    return this.#powered !== undefined;
  }

  /** Returns { state, text }: off, unplugged, taken, connecting or connected. */
  get link() {
    return this.#powered?.linkState ?? { state: 'off', text: 'no power' };
  }

  get screen() {
    return this.#powered?.screen ?? { kind: 'off' };
  }

  get pairing() {
    return this.journal.pairing;
  }

  /** Reverses a payment that was running, and repeats a claim. */
  powerOn() {
    if (!this.#powered) {
      this.#powered = new PoweredDevice(this, { deviceId: this.id, secret: this.#secret }, this.#url);
      this.#powered.boot();
      this.changed();
    }
  }

  /** Cuts the power in the middle of the current action: only the journal stays. */
  powerOff() {
    this.#powered?.cutPower();
    this.#powered = undefined;
    this.changed();
  }

  setPlugged(plugged) {
    this.plugged = plugged;
    this.#powered?.setPlugged(plugged);
    this.changed();
  }

  /** Connects a device that another client has taken over. */
  takeBack() {
    this.#powered?.takeBack();
    this.changed();
  }

  setStatus(status) {
    this.status = status;
    this.#powered?.send({ type: 'status', status });
    this.changed();
  }

  requestPairingCode() {
    this.#powered?.requestPairingCode();
  }

  unpair() {
    this.#powered?.unpair();
  }

  /** Returns the current Checkout; undefined between payments. */
  get checkout() {
    return this.#powered?.transactions.checkout;
  }

  tearOff() {
    this.paper = undefined;
    this.changed();
  }

  changed() {
    this.#watcher();
  }
}

/** The device while it has power: all state that is only in its memory. */
class PoweredDevice {
  #device;
  #link;
  #lost = 'connecting';
  #timers = new Set();
  #code;
  #wantsCode = false;
  #unpairing = false;
  #result;

  constructor(device, credentials, url) {
    this.#device = device;
    this.#link = new Link(url, credentials, device.plugged, this);
    this.transactions = new Transactions(this);
  }

  get journal() {
    return this.#device.journal;
  }

  get settings() {
    return this.#device.settings;
  }

  get status() {
    return this.#device.status;
  }

  get linkState() {
    if (!this.#device.plugged) {
      return { state: 'unplugged', text: 'no network' };
    }
    if (this.#link.takenOver) {
      return { state: 'taken', text: this.#lost };
    }
    return this.#link.connected ? { state: 'connected', text: 'online' } : { state: 'connecting', text: this.#lost };
  }

  get screen() {
    const { checkout } = this.transactions;
    if (checkout) {
      return { kind: 'checkout', checkout };
    }
    if (this.journal.pending().some((entry) => entry.state === 'claimed')) {
      return { kind: 'wait' };
    }
    if (this.#result) {
      return { kind: 'result', ...this.#result };
    }
    return this.#code ? { kind: 'code', ...this.#code } : { kind: 'idle' };
  }

  boot() {
    this.transactions.powerRestored();
    this.#link.connect();
  }

  cutPower() {
    this.#timers.forEach(clearTimeout);
    this.#link.cut();
  }

  setPlugged(plugged) {
    if (plugged) {
      this.#lost = 'connecting';
      this.#link.plug();
    } else {
      this.#link.unplug();
    }
  }

  takeBack() {
    this.#lost = 'connecting';
    this.#link.takeBack();
  }

  requestPairingCode() {
    this.#wantsCode = true;
    this.send({ type: 'pairing-code-request' });
  }

  unpair() {
    this.#unpairing = true;
    this.send({ type: 'unpair', pairingNumber: this.journal.pairing.number });
  }

  /** Runs a task later, unless the power is cut before. */
  after(millis, task) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
      this.changed();
    }, millis);
    this.#timers.add(timer);
  }

  send(message) {
    this.#link.send(message);
  }

  loseConnection(outageMillis) {
    this.#link.lose(outageMillis);
  }

  report(offer, ending, extras) {
    const device = { id: this.#device.id, status: this.status, journal: this.journal, now: new Date() };
    return report(offer, ending, device, extras);
  }

  ended(offer, ended) {
    const result = { offer, report: ended };
    this.#result = result;
    this.#device.paper = ended.receipt ?? this.#device.paper;
    this.after(RESULT_MILLIS, () => {
      this.#result = this.#result === result ? undefined : this.#result;
    });
    this.changed();
  }

  changed() {
    this.#device.changed();
  }

  connected() {
    this.send({ type: 'hello', model: MODEL, firmware: FIRMWARE, status: this.status });
    this.transactions.connected();
    if (this.#wantsCode) {
      this.send({ type: 'pairing-code-request' });
    }
    if (this.#unpairing) {
      this.send({ type: 'unpair', pairingNumber: this.journal.pairing.number });
    }
    this.changed();
  }

  received(message) {
    const handled = isAboutTransaction(message) ? this.transactions.received(message) : this.#answer(message);
    this.changed();
    return handled;
  }

  acknowledged(message) {
    if (message.transactionId) {
      this.transactions.acknowledged(message);
    }
    this.changed();
  }

  lost(reason) {
    this.#lost = reason;
    this.changed();
  }

  /** An unknown type is ignored. */
  #answer(message) {
    switch (message.type) {
      case 'pairing-code':
        this.#showCode(message);
        break;
      case 'paired':
      case 'unpaired':
        this.#updatePairing({
          number: message.pairingNumber,
          businessName: message.businessName,
          registerName: message.registerName,
        });
        break;
      case 'ping':
        this.send({ type: 'pong', nonce: message.nonce });
        break;
    }
    return true;
  }

  #showCode({ code, expiresInSeconds }) {
    const shown = { code, expiresAt: Date.now() + expiresInSeconds * 1_000 };
    this.#wantsCode = false;
    this.#code = shown;
    this.#result = undefined;
    this.after(expiresInSeconds * 1_000, () => {
      this.#code = this.#code === shown ? undefined : this.#code;
    });
  }

  #updatePairing(pairing) {
    const known = this.journal.pairing;
    const isNew = pairing.number > known.number || (pairing.number === known.number && !same(pairing, known));
    if (isNew) {
      this.journal.writePairing(pairing);
      this.#unpairing = this.#unpairing && pairing.number === known.number;
      this.#code = undefined;
    }
  }
}

function same(one, other) {
  return one.businessName === other.businessName && one.registerName === other.registerName;
}

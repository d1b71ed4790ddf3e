import { isOpen, mayFollow } from './decisions.js';

/*
 * The durable memory of a device: its transactions and its pairing. It is in the browser's storage when write() returns, so that it
 * survives a power cut and a reload of the page.
 */
export class Journal {
  #storage;
  #key;
  #entries = new Map();
  #pairing = { number: 0 };

  /** @param storage localStorage, or an object with getItem and setItem */
  constructor(storage, deviceId) {
    this.#storage = storage;
    this.#key = `terminal-cloud.sandbox.journal.${deviceId}`;
    const stored = JSON.parse(storage.getItem(this.#key) ?? '{}');
    (stored.entries ?? []).forEach((entry) => this.#entries.set(entry.transactionId, entry));
    this.#pairing = stored.pairing ?? this.#pairing;
  }

  /** Returns the entries, the oldest first. */
  get entries() {
    return [...this.#entries.values()];
  }

  /** Returns { number, businessName, registerName }; without names the device is not paired. */
  get pairing() {
    return this.#pairing;
  }

  find(transactionId) {
    return this.#entries.get(transactionId);
  }

  /** Returns the entries that are not closed: claimed, running, or finished without an acknowledgement. */
  pending() {
    return this.entries.filter((entry) => isOpen(entry) || (entry.state === 'finished' && !entry.acknowledged));
  }

  /** Stores an entry. Throws if an id would return to an earlier state, or if the storage is full; then nothing has changed. */
  write(entry) {
    const before = this.#entries.get(entry.transactionId);
    if (!mayFollow(before, entry)) {
      throw new Error(`${entry.transactionId} is ${before.state} and can't become ${entry.state}`);
    }
    const entries = new Map(this.#entries).set(entry.transactionId, withoutSaleData(entry));
    this.#store([...entries.values()], this.#pairing);
    this.#entries = entries;
  }

  /** Stores a pairing; ignores one that is older than the stored one. */
  writePairing(update) {
    if (update.number < this.#pairing.number) {
      return;
    }
    this.#store(this.entries, update);
    this.#pairing = update;
  }

  /** Loses all transactions, in memory and in the storage: a misbehaviour. */
  forget() {
    this.#entries = new Map();
    this.#store([], this.#pairing);
  }

  #store(entries, pairing) {
    this.#storage.setItem(this.#key, JSON.stringify({ entries, pairing }));
  }
}

/** Removes the sale data: up to 64 KiB that this device does not use, and the storage has 5 MB. */
function withoutSaleData(entry) {
  const { saleData, ...offer } = entry.offer ?? {};
  return entry.offer ? { ...entry, offer } : entry;
}

import { isOpen, mayFollow } from './decisions.js';

/*
 * What a device must not forget: each transaction, and whom it works for. Kept in the browser's storage, which has it when write()
 * returns, so that it outlives a power cut, and a reload of the page.
 */
export class Journal {
  #storage;
  #key;
  #entries = new Map();
  #pairing = { number: 0 };

  /** @param storage localStorage, or anything with getItem, setItem and removeItem */
  constructor(storage, deviceId) {
    this.#storage = storage;
    this.#key = `terminal-cloud.sandbox.journal.${deviceId}`;
    const stored = JSON.parse(storage.getItem(this.#key) ?? '{}');
    (stored.entries ?? []).forEach((entry) => this.#entries.set(entry.transactionId, entry));
    this.#pairing = stored.pairing ?? this.#pairing;
  }

  /** The oldest first. */
  get entries() {
    return [...this.#entries.values()];
  }

  /** { number, businessName, registerName }; without names the device is not paired. */
  get pairing() {
    return this.#pairing;
  }

  find(transactionId) {
    return this.#entries.get(transactionId);
  }

  /** What the device still has to do something about, or say something about. */
  unsettled() {
    return this.entries.filter((entry) => isOpen(entry) || (entry.state === 'finished' && !entry.acknowledged));
  }

  /** Throws if an id would change backwards, or if the storage is full; then nothing has changed. */
  write(entry) {
    const before = this.#entries.get(entry.transactionId);
    if (!mayFollow(before, entry)) {
      throw new Error(`${entry.transactionId} is ${before.state} and can't become ${entry.state}`);
    }
    const entries = new Map(this.#entries).set(entry.transactionId, withoutSaleData(entry));
    this.#store([...entries.values()], this.#pairing);
    this.#entries = entries;
  }

  /** Older news than what is known changes nothing. */
  writePairing(told) {
    if (told.number < this.#pairing.number) {
      return;
    }
    this.#store(this.entries, told);
    this.#pairing = told;
  }

  /** The misbehaviour: everything that it says of transactions is lost, now and in the storage. */
  forget() {
    this.#entries = new Map();
    this.#store([], this.#pairing);
  }

  #store(entries, pairing) {
    this.#storage.setItem(this.#key, JSON.stringify({ entries, pairing }));
  }
}

/** Up to 64 KiB, which this device does not use, in a storage of 5 MB. */
function withoutSaleData(entry) {
  const { saleData, ...offer } = entry.offer ?? {};
  return entry.offer ? { ...entry, offer } : entry;
}

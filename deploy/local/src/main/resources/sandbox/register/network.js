/** The network of a register, with its plug. Pulled, it loses what is under way, as a cable does: the server may have got it. */
export class Network {
  #cut = new AbortController();
  #losesNextAnswer = false;
  #watcher;

  /** @param watcher is called at each change */
  constructor(watcher) {
    this.plugged = true;
    this.#watcher = watcher;
  }

  setPlugged(plugged) {
    this.plugged = plugged;
    this.#losesNextAnswer = false;
    if (plugged) {
      this.#cut = new AbortController();
    } else {
      this.#cut.abort(new Error('the network plug was pulled'));
    }
    this.#watcher();
  }

  /** The plug is pulled as soon as the server has answered the next request that changes something: the answer is lost. */
  loseNextAnswer() {
    this.#losesNextAnswer = true;
  }

  /** Sends a request as the function of that name does; fails without a network, also while the answer is read. */
  async fetch(url, options = {}) {
    if (!this.plugged) {
      throw new Error('the network plug is pulled');
    }
    const response = await fetch(url, { ...options, signal: this.#cut.signal });
    if (this.#losesNextAnswer && options.method !== 'GET') {
      this.setPlugged(false);
      throw new Error('the network plug was pulled before the answer came');
    }
    return response;
  }
}

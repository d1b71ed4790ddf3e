/** The address of the page, from which all others are: behind a proxy it may be below a path. */
const BASE = new URL('.', document.baseURI);

/** Returns the address of a path on the server of the page: addressOf('device'). */
export function addressOf(path) {
  return new URL(path, BASE).href;
}

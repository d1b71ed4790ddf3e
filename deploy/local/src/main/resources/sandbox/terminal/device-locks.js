/** A page that is being reloaded releases its devices a moment later. */
const LOCK_TIMEOUT_MILLIS = 400;

/**
 * Acquires the first of these devices that no tab of this browser uses: two tabs would use one journal, and end each other's connection.
 *
 * Returns { id, release() }, or undefined if all are in use. A tab that is closed has released its devices.
 */
export async function acquireDevice(ids) {
  for (const id of ids) {
    const release = await lock(id);
    if (release) {
      return { id, release };
    }
  }
  return undefined;
}

/** Browsers have locks only on pages from this machine or over TLS; on others nothing is locked. */
function lock(id) {
  if (!navigator.locks) {
    return Promise.resolve(() => {});
  }
  return new Promise((resolve) => {
    const held = navigator.locks.request(`terminal-cloud.sandbox.${id}`, { signal: AbortSignal.timeout(LOCK_TIMEOUT_MILLIS) }, () =>
      new Promise((release) => resolve(release)),
    );
    held.catch(() => resolve(undefined));
  });
}

/** The longest time after the begin of a reload until the page before has released its devices. */
const RELOAD_MILLIS = 5_000;

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

/**
 * Returns what releases the device; undefined if another tab uses it. However slow the browser is: only after a reload is there something
 * to wait for. Browsers have locks only on pages from this machine or over TLS; on others nothing is locked.
 */
function lock(id) {
  if (!navigator.locks) {
    return Promise.resolve(() => {});
  }
  const left = isReload() ? RELOAD_MILLIS - performance.now() : 0;
  const options = left > 0 ? { signal: AbortSignal.timeout(left) } : { ifAvailable: true };
  return new Promise((resolve) => {
    const held = navigator.locks.request(`terminal-cloud.sandbox.${id}`, options, (acquired) =>
      acquired ? new Promise((release) => resolve(release)) : resolve(undefined),
    );
    held.catch(() => resolve(undefined));
  });
}

function isReload() {
  return performance.getEntriesByType('navigation')[0]?.type === 'reload';
}

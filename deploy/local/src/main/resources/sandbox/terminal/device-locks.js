/** How long the page before may take to release its devices, after a reload or another navigation in the same tab. */
const RELEASE_MILLIS = 5_000;
const HELD = 'terminal-cloud.sandbox.held';

/** The devices of the page before in this tab. */
const heldBefore = new Set(JSON.parse(sessionStorage.getItem(HELD) ?? '[]'));
const held = new Set();

/**
 * Acquires the first of these devices that no tab of this browser uses: two tabs would use one journal, and end each other's connection.
 *
 * Returns { id, release() }, or undefined if all are in use. A tab that is closed has released its devices.
 */
export async function acquireDevice(ids) {
  for (const id of ids) {
    const release = await acquire(id);
    if (release) {
      hold(id, true);
      return {
        id,
        release() {
          hold(id, false);
          release();
        },
      };
    }
  }
  return undefined;
}

/**
 * Returns what releases the device; undefined if another tab uses it, however slow the browser is: only for a device of the page before is
 * there something to wait for. Browsers have locks only on pages from this machine or over TLS; on others nothing is locked.
 */
async function acquire(id) {
  if (!navigator.locks) {
    return () => {};
  }
  const left = heldBefore.delete(id) ? RELEASE_MILLIS - performance.now() : 0;
  return (left > 0 && (await lock(id, { signal: AbortSignal.timeout(left) }))) || lock(id, { ifAvailable: true });
}

function lock(id, options) {
  return new Promise((resolve) => {
    const locked = navigator.locks.request(`terminal-cloud.sandbox.${id}`, options, (acquired) =>
      acquired ? new Promise((release) => resolve(release)) : resolve(undefined),
    );
    locked.catch(() => resolve(undefined));
  });
}

function hold(id, isHeld) {
  isHeld ? held.add(id) : held.delete(id);
  sessionStorage.setItem(HELD, JSON.stringify([...held]));
}

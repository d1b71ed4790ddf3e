/** What a page that is being reloaded had is free a moment later. */
const PATIENCE_MILLIS = 400;

/**
 * Takes the first of these devices that no tab of this browser has: two would use one journal, and end each other's connection.
 *
 * { id, giveBack() }, or undefined if all are taken. A tab that is closed has given back its own.
 */
export async function lend(ids) {
  for (const id of ids) {
    const giveBack = await lock(id);
    if (giveBack) {
      return { id, giveBack };
    }
  }
  return undefined;
}

/** Browsers have locks only on pages that come from this machine or by TLS; elsewhere nobody looks. */
function lock(id) {
  if (!navigator.locks) {
    return Promise.resolve(() => {});
  }
  return new Promise((taken) => {
    const held = navigator.locks.request(`terminal-cloud.sandbox.${id}`, { signal: AbortSignal.timeout(PATIENCE_MILLIS) }, () =>
      new Promise((giveBack) => taken(giveBack)),
    );
    held.catch(() => taken(undefined));
  });
}

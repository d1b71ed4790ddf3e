import { addressOf } from './base.js';
import { setText } from './dom.js';

/** The answer is cached for as long. */
const INTERVAL_MILLIS = 10_000;

const TONES = { ok: 'good', degraded: 'bad' };

/** Describes an answer to GET /POS/Status: { tone, text }; undefined before anything was measured. */
export function serviceLevelOf({ status, deliveryMillis: delivery, answerMillis: answer }) {
  if (delivery?.p50 == null || answer?.p50 == null) {
    return undefined;
  }
  const text = `Last hour: ${millis(delivery)} to the terminal, ${millis(answer)} back`;
  return { tone: TONES[status] ?? 'neutral', text };
}

function millis({ p50, p99 }) {
  return `${p50} ms (99 %: ${p99} ms)`;
}

/** Shows in this part what the cloud measures of itself, for as long as the page is seen. */
export function showServiceLevel(part) {
  const update = async () => {
    if (document.visibilityState === 'visible') {
      const level = await read();
      part.hidden = !level;
      part.dataset.tone = level?.tone ?? 'neutral';
      setText(part, level?.text ?? '');
    }
  };
  update();
  setInterval(update, INTERVAL_MILLIS);
}

/** Returns undefined while the cloud does not answer. */
async function read() {
  try {
    const answer = await fetch(addressOf('POS/Status'));
    return answer.ok ? serviceLevelOf(await answer.json()) : undefined;
  } catch {
    return undefined;
  }
}

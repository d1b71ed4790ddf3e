const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Describes an answer to GET /POS/Device: { tone, text }. */
export function presenceOf(status, answer) {
  if (status !== 200) {
    return { tone: 'neutral', text: 'It is not known whether the terminal is there.' };
  }
  const { deviceId, online, lastSeen, busy, status: state } = answer;
  if (!online) {
    const since = lastSeen ? ` since ${CLOCK.format(new Date(lastSeen))}` : '';
    return { tone: 'bad', text: `Terminal ${deviceId} is offline${since}.` };
  }
  const ready = state && state !== 'READY' ? ` It says ${state}.` : '';
  return { tone: ready ? 'waiting' : 'good', text: `Terminal ${deviceId} is online${busy ? ' and busy' : ''}.${ready}` };
}

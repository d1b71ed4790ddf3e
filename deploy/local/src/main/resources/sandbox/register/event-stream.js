/** Reads the events of an answer in text/event-stream as { id, data }, until it ends; comments are skipped. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop();
    yield* blocks.map(eventOf).filter(({ data }) => data);
  }
}

function eventOf(block) {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line)).filter(Boolean);
  const valueOf = (wanted) => fields.filter(([, name]) => name === wanted).map(([, , value]) => value).join('\n');
  return { id: valueOf('id'), data: valueOf('data') };
}

/** Returns the steps in the order of a tree, each with its depth and what it is about; a step whose parent is missing begins a tree. */
export function asTree(steps) {
  const ids = new Set(steps.map(({ id }) => id));
  const childrenOf = (parent) => steps.filter(({ parentId }) => parentId === parent);
  const ordered = [];
  const add = (step, depth) => {
    ordered.push({ ...step, depth, detail: detailOf(step) });
    childrenOf(step.id).forEach((child) => add(child, depth + 1));
  };
  steps.filter(({ parentId }) => !ids.has(parentId)).forEach((step) => add(step, 0));
  return {
    steps: ordered,
    begin: Math.min(...steps.map(({ beginMicros }) => beginMicros)),
    end: Math.max(...steps.map(({ beginMicros, durationMicros }) => beginMicros + durationMicros)),
  };
}

/** Returns what the list of traces shows of one. */
export function described({ steps }) {
  const first = steps.find(({ parentId }) => !parentId) ?? steps[0];
  const { attributes } = first;
  const time = new Date(first.beginMicros / 1000).toLocaleTimeString();
  return {
    title: `${first.name} ${attributes['http.response.status_code'] ?? ''}`.trim(),
    detail: [time, attributes['terminal.register.id'], attributes['terminal.device.id'], `${steps.length} steps`]
      .filter(Boolean)
      .join(' · '),
  };
}

export function inMillis(micros) {
  return `${(micros / 1000).toFixed(1)} ms`;
}

function detailOf({ attributes }) {
  const type = attributes['terminal.message.type'] ?? attributes['cloudevents.event_type'];
  return [type, attributes['http.response.status_code'], attributes['error.type']].filter(Boolean).join(' ');
}

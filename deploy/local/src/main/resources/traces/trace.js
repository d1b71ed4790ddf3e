/** Attempts to call a POS go on for a day: they do not count for the length of a trace. */
const CALLBACK = 'POST callback';

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
    end: endOf(steps.filter(({ name }) => name !== CALLBACK)) ?? endOf(steps),
  };
}

/** Undefined without steps. */
function endOf(steps) {
  return steps.length ? Math.max(...steps.map(({ beginMicros, durationMicros }) => beginMicros + durationMicros)) : undefined;
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
  return [type?.replace(/^device\.|\.v\d+$/g, ''), attributes['http.response.status_code'], attributes['error.type']].filter(Boolean).join(' ');
}

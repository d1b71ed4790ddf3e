const PREFIX = 'terminal-cloud.sandbox.';

/** What the page remembers between visits, in this browser. */
export function stored(name, otherwise) {
  return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') ?? otherwise;
}

export function store(name, value) {
  localStorage.setItem(PREFIX + name, JSON.stringify(value));
}

export function forget(name) {
  localStorage.removeItem(PREFIX + name);
}

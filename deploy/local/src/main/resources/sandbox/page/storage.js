const PREFIX = 'terminal-cloud.sandbox.';

/** Loads a value that the page stored in this browser on an earlier visit. */
export function load(name, otherwise) {
  return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') ?? otherwise;
}

export function save(name, value) {
  localStorage.setItem(PREFIX + name, JSON.stringify(value));
}

export function remove(name) {
  localStorage.removeItem(PREFIX + name);
}

/** Returns a copy of a template of the page, with its parts by name. */
export function copyOf(templateId) {
  const root = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  const parts = Object.fromEntries([...root.querySelectorAll('[data-part]')].map((part) => [part.dataset.part, part]));
  return { root, parts };
}

/** Creates an element; members are set as properties, children are elements or texts. */
export function element(name, members, ...children) {
  const made = Object.assign(document.createElement(name), members);
  made.append(...children);
  return made;
}

/** Changes the text only if it differs, so that screen readers read nothing twice. */
export function setText(part, text) {
  if (part.textContent !== text) {
    part.textContent = text;
  }
}

/** Runs the action that a clicked element names in data-action. */
export function onAction(root, actions) {
  root.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-action]');
    actions[button?.dataset.action]?.(button);
  });
}

/** A copy of a template of the page, with its parts by name. */
export function copyOf(templateId) {
  const root = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  const parts = Object.fromEntries([...root.querySelectorAll('[data-part]')].map((part) => [part.dataset.part, part]));
  return { root, parts };
}

/** A new element; members are set as properties, children are elements or texts. */
export function element(name, members, ...children) {
  const made = Object.assign(document.createElement(name), members);
  made.append(...children);
  return made;
}

/** Changes the text only if it is another, so that nothing is read aloud twice. */
export function say(part, text) {
  if (part.textContent !== text) {
    part.textContent = text;
  }
}

/** Sets what is selected by [data-action] to work. */
export function onAction(root, actions) {
  root.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-action]');
    actions[button?.dataset.action]?.(button);
  });
}

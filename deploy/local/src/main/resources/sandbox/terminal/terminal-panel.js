import { MISBEHAVIOURS } from '../device/behaviour.js';
import { Device, DEFAULT_SETTINGS } from '../device/device.js';
import { requested } from '../device/functions.js';
import { Journal } from '../device/journal.js';
import { moneyOf } from '../page/money.js';
import { copyOf, element, onAction, setText } from '../page/dom.js';
import { load, save } from '../page/storage.js';
import { keysOf } from './keys.js';
import { screenOf } from './screen.js';

const TONES = { connected: 'good', connecting: 'waiting', unplugged: 'bad', taken: 'bad', off: 'neutral' };
const SHOWN_ENTRIES = 20;

/** The user interface of a terminal: the device with its keys, its plugs and its settings. */
export class TerminalPanel {
  #parts;
  #device;
  #keys = [];
  #shown = '';

  /** @param listener removed(panel) */
  constructor(id, { secret, url }, listener) {
    const { root, parts } = copyOf('terminal-template');
    this.root = root;
    this.id = id;
    this.#parts = parts;
    setText(parts.title, `Terminal ${id}`);
    parts.keys.setAttribute('aria-label', `Keys of terminal ${id}`);
    const settings = { ...DEFAULT_SETTINGS, ...load(`settings.${id}`, {}) };
    const journal = new Journal(localStorage, id);
    this.#device = new Device({ id, secret, url, journal, settings, watcher: () => this.#update() });
    this.#listen(listener);
    this.#fillSettings();
    this.#device.powerOn();
  }

  #listen(listener) {
    onAction(this.root, {
      power: () => (this.#device.power ? this.#device.powerOff() : this.#device.powerOn()),
      network: () => this.#device.setPlugged(!this.#device.plugged),
      'take-back': () => this.#device.takeBack(),
      tear: () => this.#device.tearOff(),
      forget: () => {
        this.#device.journal.forget();
        this.#update();
      },
      remove: () => {
        this.#device.powerOff();
        this.root.remove();
        listener.removed(this);
      },
    });
    this.#parts.keys.addEventListener('click', ({ target }) => {
      const index = [...this.#parts.keys.children].indexOf(target.closest('button'));
      this.#keys[index]?.press();
    });
    this.#parts.status.addEventListener('change', () => this.#device.setStatus(this.#parts.status.value));
  }

  #fillSettings() {
    const { settings } = this.#device;
    const misbehaviour = this.root.querySelector('[data-setting=misbehaviour]');
    misbehaviour.append(
      ...MISBEHAVIOURS.map(({ group, options }) =>
        element('optgroup', { label: group }, ...options.map(({ name, label }) => element('option', { value: name }, label))),
      ),
    );
    this.root.querySelectorAll('[data-setting]').forEach((field) => {
      const { setting, type } = field.dataset;
      field[field.type === 'checkbox' ? 'checked' : 'value'] = settings[setting];
      field.addEventListener('change', () => {
        const value = field.type === 'checkbox' ? field.checked : field.value;
        settings[setting] = type === 'number' ? Number(value) : value;
        save(`settings.${this.id}`, settings);
      });
    });
  }

  #update() {
    if (!this.#device) {
      return;
    }
    const { link, paper, power, plugged } = this.#device;
    setText(this.#parts.badge, link.text);
    this.#parts.badge.dataset.tone = TONES[link.state];
    this.#parts.lamp.dataset.state = link.state;
    this.#parts.taken.hidden = link.state !== 'taken';
    this.#press('power', power);
    this.#press('network', plugged);
    this.#parts.paper.hidden = !paper;
    setText(this.#parts.receipt, paper ?? '');
    this.#updateScreen();
    this.#updateKeys();
    this.#updateJournal();
  }

  #press(action, pressed) {
    this.root.querySelector(`[data-action=${action}]`).setAttribute('aria-pressed', String(pressed));
  }

  #updateScreen() {
    const { tone, lines } = screenOf(this.#device);
    const shown = tone + lines.map((line) => line.outerHTML).join('');
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#parts.screen.dataset.tone = tone;
      this.#parts.screen.replaceChildren(...lines);
    }
  }

  /** Keeps the keyboard focus on the keys when they change. */
  #updateKeys() {
    const { keys } = this.#parts;
    const before = this.#keys.map(({ label }) => label).join();
    this.#keys = keysOf(this.#device);
    if (before === this.#keys.map(({ label }) => label).join()) {
      return;
    }
    const hadFocus = keys.contains(document.activeElement);
    keys.replaceChildren(
      ...this.#keys.map(({ label, kind }) => element('button', { type: 'button', className: `key ${kind}` }, label)),
    );
    if (hadFocus) {
      keys.firstElementChild?.focus();
    }
  }

  #updateJournal() {
    const entries = this.#device.journal.entries;
    setText(this.#parts['journal-count'], entries.length > 0 ? String(entries.length) : '');
    this.#parts.journal.replaceChildren(...entries.slice(-SHOWN_ENTRIES).reverse().map(entryItem));
  }
}

function entryItem(entry) {
  const { state, reason, offer, report, acknowledged, transactionId } = entry;
  const what = offer ? `${offer.function}${requested(offer) > 0 ? ` ${moneyOf(requested(offer))}` : ''}` : '';
  const how = [state, reason, report?.transactionResult, state === 'finished' && !acknowledged && 'not acknowledged'].filter(Boolean);
  return element('li', {}, element('code', {}, transactionId.slice(0, 8)), ` ${what} `, element('b', {}, how.join(', ')));
}

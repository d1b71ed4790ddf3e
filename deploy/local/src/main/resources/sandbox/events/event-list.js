import { element, setText } from '../page/dom.js';
import { textOf, directionOf } from './event-text.js';

const KEPT = 400;
const ALL = 'all';
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

/** The list of events in the order of their time, each of which can be opened: of this page's terminals, of one of them, or of all. */
export class EventList {
  #list = document.getElementById('event-list');
  #filter = document.getElementById('event-filter');
  #empty = document.getElementById('no-events');
  #state = document.getElementById('feed-state');
  #here = [];
  #devices = new Map();
  #begun = new Map();

  constructor() {
    document.getElementById('clear-events').addEventListener('click', () => {
      this.#list.replaceChildren();
      this.#empty.hidden = false;
    });
    this.#filter.addEventListener('change', () => [...this.#list.children].forEach((item) => this.#filterItem(item)));
  }

  state(text) {
    setText(this.#state, text);
    this.#state.dataset.tone = text === 'live' ? 'good' : 'waiting';
  }

  /** Sets the terminals to choose from. */
  offer(deviceIds) {
    const chosen = this.#filter.value;
    const options = [['', 'these terminals'], ...deviceIds.map((id) => [id, `terminal ${id}`]), [ALL, 'all terminals']];
    this.#filter.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
    this.#filter.value = options.some(([value]) => value === chosen) ? chosen : '';
    this.#here = deviceIds;
  }

  /**
   * Adds an event. Those of other terminals are dropped unless all are wanted: there may be thousands.
   *
   * @param event { topic, type, key, time (ISO 8601), payload }
   */
  event(event) {
    const { transactionId, deviceId } = event.payload;
    if (transactionId && this.#here.includes(deviceId)) {
      this.#devices.set(transactionId, deviceId);
    }
    if (this.#filter.value !== ALL && !this.#isHere(event.payload)) {
      return;
    }
    const item = this.#item(event);
    const atEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 40;
    this.#insert(item);
    this.#empty.hidden = true;
    if (this.#list.children.length > KEPT) {
      this.#list.firstElementChild.remove();
    }
    if (atEnd) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }

  /** Sorts by time: events of two topics do not always arrive in the order in which they happened. */
  #insert(item) {
    let after = this.#list.lastElementChild;
    while (after && after.dataset.time > item.dataset.time) {
      after = after.previousElementSibling;
    }
    this.#list.insertBefore(item, after ? after.nextElementSibling : this.#list.firstElementChild);
    this.#filterItem(item);
  }

  #item(event) {
    const { transactionId, deviceId } = event.payload;
    const [from, to] = directionOf(event);
    const direction = element('span', { className: 'direction' }, from, ...(to ? [element('span', { className: 'arrow' }, ' → '), to] : []));
    const head = element('span', { className: 'head' }, direction, ...this.#transactionMark(event));
    const text = element('span', { className: 'text' }, textOf(event));
    const time = element('time', { dateTime: event.time }, TIME.format(new Date(event.time)));
    const item = element('li', { className: event.topic }, element('details', {}, element('summary', {}, time, head, text), payloadOf(event)));
    item.dataset.time = event.time;
    item.dataset.transaction = transactionId ?? '';
    item.dataset.device = deviceId ?? '';
    return item;
  }

  /** Returns the transaction's colour and the beginning of its id, and the time since its first event. */
  #transactionMark({ payload: { transactionId }, time }) {
    if (!transactionId) {
      return [];
    }
    const at = Date.parse(time);
    const begun = Math.min(this.#begun.get(transactionId) ?? at, at);
    this.#begun.set(transactionId, begun);
    const mark = element('span', { className: 'mark', title: transactionId }, transactionId.slice(0, 4));
    mark.style.setProperty('--hue', parseInt(transactionId.slice(0, 4), 16) % 360);
    return [mark, element('span', { className: 'after' }, at > begun ? `+${elapsed(at - begun)}` : '')];
  }

  #filterItem(item) {
    const device = item.dataset.device || this.#devices.get(item.dataset.transaction);
    const wanted = this.#filter.value;
    item.hidden = wanted === '' ? Boolean(device) && !this.#here.includes(device) : wanted !== ALL && device !== wanted;
  }

  /** Returns whether an event belongs to this page. Those with neither a terminal nor a transaction do: they are rejected requests. */
  #isHere({ transactionId, deviceId }) {
    return deviceId ? this.#here.includes(deviceId) : !transactionId || this.#devices.has(transactionId);
  }
}

function payloadOf({ topic, type, key, payload }) {
  const facts = [['topic', topic], ['type', type], ['key', key]].filter(([, value]) => value);
  return element(
    'div',
    { className: 'payload' },
    element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
    element('pre', { tabIndex: 0, role: 'region', ariaLabel: 'Payload' }, JSON.stringify(payload, undefined, 2)),
  );
}

function elapsed(millis) {
  return millis < 1_000 ? `${millis} ms` : `${(millis / 1_000).toFixed(1)} s`;
}

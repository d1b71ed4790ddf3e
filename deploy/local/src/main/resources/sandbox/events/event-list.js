import { element, say } from '../page/parts.js';
import { sentenceOf, wayOf } from './sentences.js';

const KEPT = 400;
const ALL = 'all';
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

/** The events as a list in the order of their time, each to be opened: of the terminals of this page, of one of them, or of all. */
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
    say(this.#state, text);
    this.#state.dataset.tone = text === 'live' ? 'good' : 'waiting';
  }

  /** Which terminals there are to choose from. */
  offer(deviceIds) {
    const chosen = this.#filter.value;
    const options = [['', 'these terminals'], ...deviceIds.map((id) => [id, `terminal ${id}`]), [ALL, 'all terminals']];
    this.#filter.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
    this.#filter.value = options.some(([value]) => value === chosen) ? chosen : '';
    this.#here = deviceIds;
  }

  /**
   * Events of other terminals are not even kept, unless all are wanted: there may be thousands.
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

  /** What two topics carry does not always arrive in the order in which it happened. */
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
    const [from, to] = wayOf(event);
    const way = element('span', { className: 'way' }, from, ...(to ? [element('span', { className: 'arrow' }, ' → '), to] : []));
    const head = element('span', { className: 'head' }, way, ...this.#transactionMark(event));
    const words = element('span', { className: 'words' }, sentenceOf(event));
    const time = element('time', { dateTime: event.time }, TIME.format(new Date(event.time)));
    const item = element('li', { className: event.topic }, element('details', {}, element('summary', {}, time, head, words), payloadOf(event)));
    item.dataset.time = event.time;
    item.dataset.transaction = transactionId ?? '';
    item.dataset.device = deviceId ?? '';
    return item;
  }

  /** The transaction's colour and the beginning of its id, and how long after its first event this is. */
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

  /** What names neither a terminal nor a transaction is of this page: requests that were refused. */
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

import { element, setText } from '../page/dom.js';
import { asTree, described, inMillis } from './trace.js';

const INTERVAL_MILLIS = 2_000;
const SERVICES = ['transaction-service', 'device-connector', 'pairing-service'];

const part = (id) => document.getElementById(id);
const opened = new Set();
let traces = [];
let selected;
let shown = '';

function numberOf(service) {
  return String(SERVICES.indexOf(service) + 1);
}

function select(id) {
  selected = id;
  show();
}

function show() {
  part('none').hidden = traces.length > 0;
  part('list').replaceChildren(...traces.map(entry));
  const trace = traces.find(({ id }) => id === selected) ?? traces[0];
  part('steps').hidden = !trace;
  if (trace) {
    showTrace(trace);
  }
}

function entry(trace, index) {
  const { title, detail } = described(trace);
  const button = element('button', { type: 'button' }, title, element('small', {}, detail));
  button.setAttribute('aria-current', String(selected ? trace.id === selected : index === 0));
  button.addEventListener('click', () => select(trace.id));
  return element('li', {}, button);
}

function showTrace(trace) {
  const { steps, begin, end } = asTree(trace.steps);
  setText(part('summary'), `${steps.length} steps in ${inMillis(end - begin)}, trace ${trace.id}`);
  part('rows').replaceChildren(...steps.flatMap((step) => rowsOf(step, begin, Math.max(1, end - begin))));
}

function rowsOf(step, begin, total) {
  const name = element('button', { type: 'button', className: 'name' }, step.name);
  name.setAttribute('aria-expanded', String(opened.has(step.id)));
  const stepCell = element('td', { title: step.name }, name, element('span', { className: 'detail' }, step.detail));
  stepCell.style.paddingLeft = `${0.6 + step.depth * 0.5}rem`;
  const bar = element('div', { className: 'bar' });
  bar.style.left = `min(${(100 * (step.beginMicros - begin)) / total}%, 100% - 2px)`;
  bar.style.width = `${(100 * step.durationMicros) / total}%`;
  const row = element(
    'tr',
    { className: step.failed ? 'step failed' : 'step' },
    element('td', {}, step.service),
    stepCell,
    element('td', { className: 'number' }, inMillis(step.beginMicros - begin)),
    element('td', { className: 'number' }, inMillis(step.durationMicros)),
    element('td', {}, element('div', { className: 'lane' }, bar)),
  );
  row.dataset.service = numberOf(step.service);
  row.addEventListener('click', () => {
    opened[opened.has(step.id) ? 'delete' : 'add'](step.id);
    show();
  });
  return opened.has(step.id) ? [row, attributesOf(step)] : [row];
}

function attributesOf(step) {
  const members = { kind: step.kind, ...step.attributes, 'span id': step.id, 'parent id': step.parentId || 'none' };
  const list = Object.entries(members).flatMap(([key, value]) => [element('dt', {}, key), element('dd', {}, value)]);
  return element('tr', {}, element('td', { colSpan: 5 }, element('dl', {}, ...list)));
}

async function load() {
  try {
    const text = await (await fetch('data', { cache: 'no-store' })).text();
    setText(part('state'), 'live');
    if (text !== shown) {
      shown = text;
      traces = JSON.parse(text);
      show();
    }
  } catch {
    setText(part('state'), 'connecting');
  }
}

part('legend').replaceChildren(
  ...SERVICES.map((service) => {
    const item = element('li', {}, service);
    item.dataset.service = numberOf(service);
    return item;
  }),
);
load();
setInterval(() => document.hidden || load(), INTERVAL_MILLIS);

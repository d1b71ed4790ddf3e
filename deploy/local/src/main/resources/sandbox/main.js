import { EventList } from './events/event-list.js';
import { listenToEvents } from './events/event-feed.js';
import { addressOf } from './page/base.js';
import { showServiceLevel } from './page/service-level.js';
import { load, save } from './page/storage.js';
import { RegisterPanel } from './register/register-panel.js';
import { acquireDevice } from './terminal/device-locks.js';
import { TerminalPanel } from './terminal/terminal-panel.js';

/** The demo devices that this page uses; all have the public secret. */
const DEVICE_IDS = Array.from({ length: 10 }, (_, index) => String(7_000_000_011 + index));
const CLOUD = { secret: 'demo-device-secret', url: addressOf('device').replace(/^http/, 'ws') };

const events = new EventList();
const registers = [];
const terminals = [];

function addRegister(number) {
  const panel = new RegisterPanel(number, {
    exchanged: (exchange, register) => showExchange(exchange, register),
    completed: (body, register) => showCompletion(body, register),
    removed: (gone) => {
      registers.splice(registers.indexOf(gone), 1);
      saveSelection();
    },
  });
  registers.push(panel);
  document.getElementById('register-list').append(panel.root);
  saveSelection();
  return panel;
}

/** Adds a terminal for the first of these devices that no other tab uses; undefined if other tabs use all of them. */
async function addTerminal(wanted) {
  const device = await acquireDevice(wanted);
  if (!device) {
    return undefined;
  }
  const panel = new TerminalPanel(device.id, CLOUD, {
    removed: (gone) => {
      device.release();
      terminals.splice(terminals.indexOf(gone), 1);
      saveSelection();
    },
  });
  terminals.push(panel);
  document.getElementById('terminal-list').append(panel.root);
  saveSelection();
  return panel;
}

function freeDevices() {
  const here = terminals.map(({ id }) => id);
  return DEVICE_IDS.filter((id) => !here.includes(id));
}

function saveSelection() {
  save('registers', registers.map(({ number }) => number));
  save('terminals', terminals.map(({ id }) => id));
  events.offer(terminals.map(({ id }) => id));
  document.getElementById('add-terminal').disabled = freeDevices().length === 0;
}

/** Requests are events too; polls are not, as there is one each second, nor are those that get no answer again. */
function showExchange({ method, url, status, answer, at }, register) {
  if (method === 'GET' || register.exchanges[0].times) {
    return;
  }
  const from = register.identity.registerName;
  const path = new URL(url).pathname.replace(/\d{8}$/, '…');
  const { transactionId, deviceId } = answer ?? {};
  const payload = { status: status ?? 'no answer', transactionId, deviceId, error: answer?.error };
  events.event({ topic: 'request', from, text: `${method} ${path}`, time: at.toISOString(), payload });
}

function showCompletion({ transactionId, deviceId, data }, register) {
  const from = register.identity.registerName;
  const text = `The register knows: ${data.TransactionResult ?? data.Result}`;
  events.event({ topic: 'answer', from, text, time: new Date().toISOString(), payload: { transactionId, deviceId } });
}

/** A stack that was started without them has no page with traces. */
async function showLinks() {
  const { traces } = await (await fetch(addressOf('sandbox/pages'))).json();
  document.getElementById('traces-link').hidden = !traces;
}

async function begin() {
  const asked = new URLSearchParams(location.search).get('terminals')?.split(',');
  const ids = (asked ?? load('terminals', DEVICE_IDS.slice(0, 1))).filter((id) => DEVICE_IDS.includes(id));
  load('registers', [1]).forEach(addRegister);
  for (const id of ids) {
    await addTerminal([id]);
  }
  if (terminals.length === 0) {
    await addTerminal(freeDevices());
  }
  listenToEvents(events);
}

document.getElementById('add-register').addEventListener('click', () => {
  const next = Math.max(0, ...registers.map(({ number }) => number)) + 1;
  addRegister(next).root.querySelector('[data-field=code]').focus();
});
document.getElementById('add-terminal').addEventListener('click', async () => {
  const panel = await addTerminal(freeDevices());
  panel?.root.querySelector('.key')?.focus();
});

begin();
showLinks().catch(() => {});
showServiceLevel(document.getElementById('service-level'));

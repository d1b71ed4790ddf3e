import { element } from '../page/dom.js';

/** Creates a list item, which can be opened, for a request and its answer as they were sent. */
export function exchangeItem(exchange, isOpen, key) {
  const path = exchange.url.replace(location.origin, '');
  const status = exchange.status ?? 'no answer';
  const times = exchange.times ? ` ×${exchange.times}` : '';
  const details = element(
    'details',
    { open: isOpen },
    element(
      'summary',
      {},
      element('b', {}, exchange.method),
      ` ${short(path)}${times} `,
      element('span', { className: exchange.status === 200 ? 'ok' : 'not-ok' }, `${status}`),
      element('small', {}, ` ${exchange.millis} ms`),
    ),
    element('pre', { tabIndex: 0, role: 'region', ariaLabel: 'Request and answer' }, `${request(exchange, path)}\n\n${answer(exchange)}`),
  );
  details.dataset.key = key;
  return element('li', {}, details);
}

/** Shortens a path: without the query, and with only the beginning of an id. */
function short(path) {
  return path.split('?')[0].replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, '$1…');
}

/** Without the pairing token, which is a secret. */
function request({ method, headers = {}, body }, path) {
  const shown = Object.entries(headers).map(([name, value]) => `${name}: ${name === 'Pairing-Token' ? '…' : value}`);
  const lines = [`${method} ${path}`, ...shown];
  if (body) {
    lines.push('Content-Type: application/x-www-form-urlencoded', '', body.replaceAll('&', '\n&'));
  }
  return lines.join('\n');
}

function answer({ status, answer: body, lost }) {
  return lost ? `No answer: ${lost}` : `${status}\n${JSON.stringify(body, undefined, 2)}`;
}

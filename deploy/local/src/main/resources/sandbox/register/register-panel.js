import { centsOf, moneyOf } from '../page/money.js';
import { copyOf, element, onAction, setText } from '../page/dom.js';
import { Register } from './register.js';
import { TYPES, refundOf, typeNamed, verbOf } from './types.js';
import { exchangeItem } from './exchange-item.js';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The user interface of a register. */
export class RegisterPanel {
  #parts;
  #fields;
  #shownExchange;

  /** @param listener exchanged(exchange, register), completed(body, register) and removed(panel) */
  constructor(number, listener) {
    const { root, parts } = copyOf('register-template');
    this.root = root;
    this.number = number;
    this.#parts = parts;
    this.#fields = Object.fromEntries([...root.querySelectorAll('[data-field]')].map((field) => [field.dataset.field, field]));
    this.#fields.type.append(...typeGroups());
    this.register = new Register(number, { ...listener, changed: () => this.#update() });
    Object.entries(this.register.identity).forEach(([name, value]) => (this.#fields[name].value = value));
    this.#listen(listener);
    this.#update();
    this.#chooseType();
  }

  #listen(listener) {
    onAction(this.root, {
      remove: () => {
        this.register.remove();
        this.root.remove();
        listener.removed(this);
      },
      cancel: () => this.register.cancel(),
      unpair: () => this.register.unpair(),
      network: () => this.register.network.setPlugged(!this.register.network.plugged),
      lose: () => this.register.network.loseNextAnswer(),
      refund: (button) => this.#prepareRefund(button.dataset),
    });
    this.root.querySelector('[data-form=pair]').addEventListener('submit', (event) => this.#pair(event));
    this.root.querySelector('[data-form=pay]').addEventListener('submit', (event) => this.#pay(event));
    this.#parts.identity.addEventListener('change', ({ target }) =>
      this.register.rename({ [target.dataset.field]: target.value.trim() }),
    );
    this.#fields.type.addEventListener('change', () => this.#chooseType());
    this.root.querySelectorAll('[data-cents]').forEach((button) =>
      button.addEventListener('click', () => this.#setCents(button.dataset.cents)),
    );
    this.#parts.exchanges.addEventListener('toggle', () => this.#updateExchanges());
  }

  async #pair(event) {
    event.preventDefault();
    if (await this.register.pair(this.#fields.code.value)) {
      this.#fields.code.value = '';
      this.#fields.amount.focus();
    }
  }

  #pay(event) {
    event.preventDefault();
    const needs = typeNamed(this.#fields.type.value).needs;
    const wrong = ['amount', 'cash'].filter((name) => needs[name] && !(centsOf(this.#fields[name].value) > 0));
    setText(this.#parts.problem, wrong.length > 0 ? 'Enter an amount such as 5.00, greater than zero.' : '');
    ['amount', 'cash'].forEach((name) => this.#fields[name].setAttribute('aria-invalid', String(wrong.includes(name))));
    if (wrong.length > 0) {
      this.#fields[wrong[0]].focus();
      return;
    }
    const amount = needs.amount ? moneyOf(centsOf(this.#fields.amount.value)) : '';
    this.register.start(this.#parameters(needs), amount, this.#fields.mode.value === 'STREAM');
  }

  #parameters(needs) {
    const { type, mode } = this.#fields;
    const parameters = { TransactionMode: mode.value ? 'ASYNC' : '', TransactionType: type.value };
    Object.entries(needs).forEach(([field, name]) => {
      const typed = this.#fields[field].value.trim();
      const value = field === 'amount' || field === 'cash' ? String(centsOf(typed)) : typed;
      if (value) {
        parameters[name] = value;
      }
    });
    return parameters;
  }

  #chooseType() {
    const type = typeNamed(this.#fields.type.value);
    this.root.querySelectorAll('[data-needs]').forEach((label) => (label.hidden = !(label.dataset.needs in type.needs)));
    this.root.querySelector('.hint').hidden = !type.needs.amount;
    setText(this.#parts.pay, verbOf(type));
  }

  /** Fills the form with a refund of one transaction; the amount can be made smaller. */
  #prepareRefund({ type, original, amount }) {
    Object.entries({ type, original, amount }).forEach(([field, value]) => (this.#fields[field].value = value));
    this.#chooseType();
    this.#fields.amount.focus();
  }

  #setCents(cents) {
    const whole = Math.floor((centsOf(this.#fields.amount.value) ?? 500) / 100);
    this.#fields.amount.value = `${Math.max(1, whole)}.${cents}`;
    this.#fields.amount.focus();
  }

  #update() {
    const { identity, paired, token, busy, waiting, outcome, presence, network } = this.register;
    const { title, badge, pay, cancel, pair, unpair, plug } = this.#parts;
    setText(title, identity.registerName || 'Register');
    setText(badge, paired ? 'paired' : 'not paired');
    badge.dataset.tone = paired ? 'good' : 'neutral';
    pay.disabled = busy;
    cancel.hidden = !waiting?.pollingUrl;
    unpair.hidden = !token;
    unpair.disabled = busy;
    plug.ariaPressed = String(network.plugged);
    this.#parts.presence.dataset.tone = presence?.tone ?? '';
    setText(this.#parts.presence, presence?.text ?? '');
    pair.disabled = busy;
    this.#parts.outcome.hidden = !outcome;
    this.#parts.outcome.dataset.tone = outcome?.tone ?? '';
    setText(this.#parts.headline, outcome?.headline ?? '');
    setText(this.#parts.explanation, outcome?.explanation ?? '');
    this.#updateSteps();
    this.#updateResults();
    this.#updateExchanges();
  }

  #updateSteps() {
    const { steps } = this.register;
    this.#parts.steps.hidden = steps.length === 0;
    if (this.#parts.steps.childElementCount !== steps.length) {
      this.#parts.steps.replaceChildren(
        ...steps.map(({ label, seconds }) => element('li', {}, element('b', {}, `${seconds.toFixed(1)} s`), ` ${label}`)),
      );
    }
  }

  #updateResults() {
    const { results } = this.register;
    this.#parts.past.hidden = results.length === 0;
    this.#parts.results.replaceChildren(
      ...results.map((result) => {
        const texts = [CLOCK.format(result.at), typeNamed(result.type).label, result.amount, result.headline];
        return element('tr', {}, ...texts.map((text) => element('td', {}, text)), element('td', {}, ...refundButtons(result)));
      }),
    );
  }

  #updateExchanges() {
    const { exchanges } = this.register;
    const { exchanges: details, 'exchange-list': list, 'exchange-count': count } = this.#parts;
    details.hidden = exchanges.length === 0;
    setText(count, String(exchanges.length));
    if (!details.open || this.#shownExchange === exchanges[0]) {
      return;
    }
    this.#shownExchange = exchanges[0];
    const open = new Set([...list.querySelectorAll('details[open]')].map((item) => item.dataset.key));
    list.replaceChildren(...exchanges.map((exchange, index) => exchangeItem(exchange, index === 0 || open.has(keyOf(exchange)), keyOf(exchange))));
  }
}

function refundButtons({ type, refundable, paid }) {
  if (!paid || !refundOf(type)) {
    return [];
  }
  const button = element('button', { type: 'button', className: 'quiet' }, 'Refund this');
  Object.assign(button.dataset, { action: 'refund', type: refundOf(type), original: paid, amount: refundable });
  return [button];
}

function keyOf({ method, url }) {
  return `${method} ${url}`;
}

function typeGroups() {
  const groups = [...new Set(TYPES.map(({ group }) => group))];
  return groups.map((group) =>
    element(
      'optgroup',
      { label: group },
      ...TYPES.filter((type) => type.group === group).map(({ name, label }) => element('option', { value: name }, label)),
    ),
  );
}

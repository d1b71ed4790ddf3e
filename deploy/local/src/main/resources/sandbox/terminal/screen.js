import { isQr, takesExtras, titleOf } from '../device/functions.js';
import { moneyOf } from '../page/money.js';
import { element } from '../page/dom.js';
import { cardSign, codePattern } from './icons.js';

const ENDINGS = {
  'OK-ACCEPTED': ['good', 'APPROVED'],
  'OK-DECLINED': ['bad', 'DECLINED'],
  'OK-UNAVAILABLE': ['bad', 'NOT AVAILABLE'],
  CANCELLED: ['neutral', 'CANCELLED'],
  FAILED: ['bad', 'FAULT'],
};

/** Returns the content of the display: { tone, lines }, where a line is an element. */
export function screenOf(device) {
  const { screen, pairing } = device;
  switch (screen.kind) {
    case 'off':
      return { tone: 'off', lines: [] };
    case 'code':
      return shown('code', small('PAIRING CODE'), big(`${screen.code.slice(0, 4)} ${screen.code.slice(4)}`), small('Type it into the register within 2 minutes'));
    case 'wait':
      return shown('wait', big('PLEASE WAIT'));
    case 'checkout':
      return checkout(screen.checkout);
    case 'result':
      return result(screen);
    default:
      return pairing.businessName
        ? shown('idle', small('READY'), medium(`${pairing.businessName}: ${pairing.registerName}`))
        : shown('idle', medium('NOT PAIRED'), small('Ask for a pairing code'));
  }
}

function checkout({ offer, total, extras, stage, prompt }) {
  const amount = total > 0 ? [big(moneyOf(total))] : [];
  const parts = takesExtras(offer) ? [partsOf(extras)].filter(Boolean).map(small) : [];
  const code = stage === 'card' && offer.function === 'QR.Merchant.Purchase' ? [codePattern(offer.transactionId)] : [];
  const sign = stage === 'card' && !isQr(offer) ? [cardSign()] : [];
  return shown(stage === 'wait' ? 'wait' : 'ask', small(titleOf(offer)), ...amount, ...parts, ...code, medium(prompt), ...sign);
}

function partsOf({ surcharge, tip }) {
  return [surcharge && `surcharge ${moneyOf(surcharge)}`, tip && `tip ${moneyOf(tip)}`].filter(Boolean).join(', ');
}

function result({ offer, report }) {
  const [tone, text] = ENDINGS[report.transactionResult] ?? ['good', report.status ?? 'DONE'];
  const amount = report.amountTotal > 0 && tone === 'good' ? [medium(moneyOf(report.amountTotal))] : [];
  return shown(tone, small(titleOf(offer)), big(text), ...amount);
}

function shown(tone, ...lines) {
  return { tone, lines };
}

function small(text) {
  return element('p', { className: 'small' }, text);
}

function medium(text) {
  return element('p', { className: 'medium' }, text);
}

function big(text) {
  return element('p', { className: 'big' }, text);
}

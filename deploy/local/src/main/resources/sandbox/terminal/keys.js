import { isQr } from '../device/functions.js';

const TIPS = [0, 500, 1000, 1500];

/** Returns the keys that work now: { label, kind, press }. */
export function keysOf(device) {
  switch (device.screen.kind) {
    case 'off':
      return [];
    case 'wait':
      return [];
    case 'checkout':
      return checkoutKeys(device.checkout);
    default:
      return idleKeys(device);
  }
}

function idleKeys(device) {
  const code = device.screen.kind === 'code' || device.pairing.businessName ? 'New code' : 'Pairing code';
  const keys = [key(code, 'plain', () => device.requestPairingCode())];
  return device.pairing.businessName ? [...keys, key('Unpair', 'plain', () => device.unpair())] : keys;
}

function checkoutKeys(checkout) {
  const cancel = key('Cancel', 'cancel', () => checkout.cancel());
  switch (checkout.stage) {
    case 'tip':
      return [...TIPS.map((share) => tipKey(checkout, share)), cancel];
    case 'card':
      return [...cardKeys(checkout), cancel];
    case 'pin':
      return [key('OK', 'confirm', () => checkout.tap()), key('Wrong PIN', 'decline', () => checkout.decline()), cancel];
    default:
      return [cancel];
  }
}

function cardKeys(checkout) {
  const decline = key('Decline', 'decline', () => checkout.decline());
  if (isQr(checkout.offer)) {
    return [key('Scan', 'confirm', () => checkout.tap()), decline];
  }
  return [key('Tap', 'confirm', () => checkout.tap()), key('Insert', 'confirm', () => checkout.insert()), decline];
}

function tipKey(checkout, share) {
  return key(share === 0 ? 'No tip' : `${share / 100} %`, 'plain', () => checkout.addTip(share));
}

function key(label, kind, press) {
  return { label, kind, press };
}

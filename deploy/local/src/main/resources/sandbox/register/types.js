const REFUNDS = {
  'Card.Purchase': 'Card.Refund',
  'Card.PurchasePlusCash': 'Card.Refund',
  'Card.Finalise': 'Card.Refund',
  'QR.Merchant.Purchase': 'QR.Refund',
  'QR.Consumer.Purchase': 'QR.Refund',
};

/** The transaction types, with the parameters that they need in addition to the register's names. */
export const TYPES = [
  type('Card.Purchase', 'Purchase', { amount: 'AmountTotal' }),
  type('Card.PurchasePlusCash', 'Purchase plus cash', { amount: 'AmountTotal', cash: 'AmountCash' }),
  type('Card.CashAdvance', 'Cash advance', { amount: 'AmountTotal' }),
  type('Card.Refund', 'Refund', { amount: 'AmountTotal', original: 'OriginalTransactionId' }),
  type('Card.Authorise', 'Authorise', { amount: 'AmountAuth', reference: 'TransactionReference' }),
  type('Card.Authorise.Increment', 'Raise an authorisation', { amount: 'AmountAuth', reference: 'TransactionReference' }),
  type('Card.Authorise.Cancel', 'Cancel an authorisation', { reference: 'TransactionReference' }),
  type('Card.Finalise', 'Finalise', { amount: 'AmountFinal', reference: 'TransactionReference' }),
  type('QR.Merchant.Purchase', 'Purchase, the terminal shows the code', { amount: 'AmountTotal' }),
  type('QR.Consumer.Purchase', 'Purchase, the customer shows the code', { amount: 'AmountTotal' }),
  type('QR.Refund', 'Refund by QR code', { amount: 'AmountTotal', original: 'OriginalTransactionId' }),
  type('Acquirer.Logon', 'Log on', {}),
  type('Acquirer.Settlement.Inquiry', 'Settlement inquiry', { date: 'Date' }),
  type('Acquirer.Settlement.Cutover', 'Settlement cutover', {}),
  type('Journal.ReprintReceipt', 'Reprint the last receipt', {}),
  type('Journal.GetTransResult', 'Last transaction', {}),
  type('Terminal.GetStatus', 'Status', {}),
  type('Terminal.ReadCard', 'Read a card', {}),
];

export function typeNamed(name) {
  return TYPES.find((known) => known.name === name);
}

/** Returns the type that refunds a transaction of this type; undefined if none does. */
export function refundOf(name) {
  return REFUNDS[name];
}

/** Returns the text of the button. */
export function verbOf(chosen) {
  const [group, action] = chosen.name.split('.');
  if (!chosen.needs.amount) {
    return 'Start';
  }
  return chosen.name.endsWith('Refund') ? 'Refund' : group === 'Card' && /^(Authorise|Finalise)$/.test(action) ? action : 'Pay';
}

function type(name, label, needs) {
  return { name, label, group: name.split('.')[0], needs };
}

/*
 * Returns the totals of payments and refunds since the last cutover in the journal. An authorisation only reserves; its finalisation
 * pays.
 *
 * date, if given, selects the payments of this day: yyyyMMdd, other characters between the digits are ignored.
 */
export function totals(entries, date) {
  const counted = sinceCutover(entries).filter((entry) => counts(entry, date));
  const refunds = counted.filter((entry) => entry.offer.function.endsWith('Refund'));
  const payments = counted.filter((entry) => !refunds.includes(entry));
  return { payments: payments.length, paid: sum(payments), refunds: refunds.length, refunded: sum(refunds) };
}

function sinceCutover(entries) {
  const finished = entries.filter((entry) => entry.state === 'finished' && entry.report.transactionResult === 'OK-ACCEPTED');
  const last = finished.findLastIndex((entry) => entry.offer.function === 'Acquirer.Settlement.Cutover');
  return finished.slice(last + 1);
}

function counts({ offer, report }, date) {
  const ofTheDate = !date || (report.timestamp ?? '').startsWith(date.replaceAll(/[^0-9]/g, ''));
  return ofTheDate && /^(Card|QR)\./.test(offer.function) && !offer.function.startsWith('Card.Authorise');
}

function sum(entries) {
  return entries.reduce((total, entry) => total + entry.report.amountTotal, 0);
}

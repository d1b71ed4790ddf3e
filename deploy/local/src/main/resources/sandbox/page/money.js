/** What a person types, as whole cents; undefined if it is no amount of money. Never a fraction: cents are counted, not computed. */
export function centsOf(typed) {
  const parts = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(typed);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : undefined;
}

/** Whole cents as a person reads them: 1234.50. */
export function moneyOf(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

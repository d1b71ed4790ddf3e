/** Parses a typed amount as whole cents; undefined if it is not an amount. Never a fraction: the digits are not computed as a float. */
export function centsOf(typed) {
  const parts = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(typed);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : undefined;
}

/** Formats whole cents for display: 1234.50. */
export function moneyOf(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

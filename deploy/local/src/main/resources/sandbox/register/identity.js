/** A register id is unique across all customers of a vendor, hence random. */
export function defaultIdentity(number) {
  return {
    vendorName: 'Demo POS',
    businessName: 'Demo Shop',
    registerId: `sandbox-${randomHex(4)}`,
    registerName: `Register ${number}`,
  };
}

/** Also where the page has no TLS, and so no crypto.randomUUID. */
export function randomHex(bytes) {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

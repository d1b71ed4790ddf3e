import { Webhook } from 'standardwebhooks';

/**
 * Returns the transaction of a callback, or throws if its signature is not valid.
 *
 * @param token the merchantAccessToken of the response to the start of the transaction that has the id in webhook-id
 * @param headers the headers of the callback
 * @param body the body as received: parsing and formatting it would change the signature
 */
export function verifyCallback(token, headers, body) {
  const secret = 'whsec_' + Buffer.from(token, 'utf8').toString('base64');
  return new Webhook(secret).verify(body, headers);
}

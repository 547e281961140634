import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key of a secret: of `whsec_…` what stands behind it in base64, of any other text its bytes. */
export function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
}

/**
 * The headers of a signed message, as Standard Webhooks has them: HMAC-SHA-256 over its id, its time in seconds and its
 * body, so that nobody can send it again later, or another one.
 */
export function signatureHeaders(
  id: string,
  time: Date,
  body: Buffer,
  key: Buffer | undefined,
): Record<string, string> {
  const timestamp = String(Math.floor(time.getTime() / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (!key) return headers;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const MAX_AGE_SECONDS = 300;

/** Whether a message is signed with this secret, and new, as Standard Webhooks has it. */
export function isSigned(
  body: Buffer,
  headers: IncomingHttpHeaders,
  secret: string,
  now = Date.now(),
): boolean {
  const [id, time, given] = ['id', 'timestamp', 'signature'].map((name) =>
    String(headers[`webhook-${name}`]),
  );
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const right = Buffer.from(
    `v1,${createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64')}`,
  );
  const signature = Buffer.from(given);
  const isNew = Math.abs(now / 1000 - Number(time)) <= MAX_AGE_SECONDS;
  return isNew && signature.length === right.length && timingSafeEqual(signature, right);
}

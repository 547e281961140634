import { createHmac } from 'node:crypto';
import { isSigned } from './is-signed.js';

const SECRET = `whsec_${Buffer.from('a key of the demo that is long').toString('base64')}`;
const BODY = Buffer.from('{"type":"log.test"}');
const NOW = 1_780_000_000_000;

function headers(time = NOW / 1000, body = BODY, key = 'a key of the demo that is long') {
  const signature = createHmac('sha256', key).update(`m-1.${time}.`).update(body).digest('base64');
  return { 'webhook-id': 'm-1', 'webhook-timestamp': String(time), 'webhook-signature': `v1,${signature}` };
}

describe('isSigned', () => {
  it.each([
    ['signed just now', headers(), true],
    ['older than five minutes', headers(NOW / 1000 - 301), false],
    ['signed over another body', headers(NOW / 1000, Buffer.from('{}')), false],
    ['signed with another key', headers(NOW / 1000, BODY, 'another key that is long too'), false],
    ['given another id', { ...headers(), 'webhook-id': 'm-2' }, false],
    ['not signed', {}, false],
  ])('of a message that is %s', (_what, given, expected) => {
    expect(isSigned(BODY, given, SECRET, NOW)).toBe(expected);
  });
});

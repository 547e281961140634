import { type IncomingMessage } from 'node:http';
import { type HttpRequest } from './http-request.js';
import { notLocalProblem } from './local-mode.js';

function problemOf(remoteAddress: string | undefined, headers: HttpRequest['headers']): string | undefined {
  const raw = { socket: { remoteAddress } } as unknown as IncomingMessage;
  return notLocalProblem({ raw, method: 'GET', headers });
}

describe('Local mode', () => {
  it.each(['127.0.0.1', '127.255.0.7', '::1', '::ffff:127.0.0.1'])('answers a socket from %s', (address) => {
    expect(problemOf(address, { host: 'localhost' })).toBeUndefined();
  });

  it.each([
    '192.168.0.1',
    '10.127.0.0.1',
    '0.0.0.0',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:0:127.0.0.1',
    'fe80::1',
    '::12',
    '127.0.0.1.example.com',
    '',
    undefined,
  ])('refuses a socket from %s', (address) => {
    expect(problemOf(address, { host: 'localhost' })).toBe(
      'Local mode answers requests from this machine only.',
    );
  });

  it.each([
    'localhost',
    'localhost:3000',
    'LocalHost:1',
    '127.0.0.1',
    '127.9.9.9:65535',
    '[::1]',
    '[::1]:3000',
  ])('answers for the host %s', (host) => expect(problemOf('127.0.0.1', { host })).toBeUndefined());

  it.each([
    'example.com',
    'localhost.example.com',
    'example-localhost',
    'localhost:',
    'localhost:x',
    'localhost:123456',
    'localhost,example.com',
    'localhost\nexample.com',
    ' localhost',
    '127.0.0.1.nip.io',
    '128.0.0.1',
    '::1',
    '[::1',
    '[::2]',
    '',
    undefined,
  ])('refuses the host %j', (host) => {
    expect(problemOf('127.0.0.1', { host })).toBe(
      'Local mode answers for localhost, 127.0.0.0/8 and [::1] only.',
    );
  });

  it.each([
    'forwarded',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-new',
    'via',
  ])('refuses what came through a proxy: %s', (name) => {
    for (const value of ['127.0.0.1', ''])
      expect(problemOf('127.0.0.1', { host: 'localhost', [name]: value })).toBe(
        'Local mode does not answer through a proxy.',
      );
  });

  it('is no proxy because a header looks like one', () => {
    const headers = { host: 'localhost', viaduct: 'x', 'x-forward': 'x', 'x-via': 'x' };
    expect(problemOf('127.0.0.1', headers)).toBeUndefined();
  });

  it.each([
    ['same-origin', true],
    ['none', true],
    ['same-site', false],
    ['cross-site', false],
    ['', false],
  ])('by Sec-Fetch-Site %j: %s', (site, passes) => {
    const problem = problemOf('127.0.0.1', { host: 'localhost', 'sec-fetch-site': site });
    expect(problem).toBe(passes ? undefined : 'Local mode does not answer requests from other sites.');
  });
});

import { type IncomingMessage } from 'node:http';
import { addressOf, header, isSecure, rawRequest, type HttpRequest } from './http-request.js';

const socket = (facts: object): IncomingMessage => ({ socket: facts }) as unknown as IncomingMessage;
/** As Express gives it: Node's own request. */
const express = (facts: object, headers = {}): HttpRequest =>
  Object.assign(socket(facts), { headers, method: 'GET' });
/** As Fastify gives it: around Node's request. */
const fastify = (facts: object, headers = {}): HttpRequest => ({
  raw: socket(facts),
  headers,
  method: 'GET',
});

describe.each([
  ['express', express],
  ['fastify', fastify],
])('A request of %s', (_name, make) => {
  it("has Node's own inside", () => {
    const request = make({ remoteAddress: '10.0.0.1' });
    expect(rawRequest(request).socket.remoteAddress).toBe('10.0.0.1');
  });

  it('comes from the address of its socket, whatever it says itself', () => {
    const headers = { 'x-forwarded-for': '1.2.3.4', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4' };
    expect(addressOf(make({ remoteAddress: '10.0.0.1' }, headers))).toBe('10.0.0.1');
    expect(addressOf(make({}))).toBe('');
  });

  it.each([
    [{ encrypted: true }, {}, true],
    [{}, {}, false],
    [{}, { 'x-forwarded-proto': 'https' }, true],
    [{}, { 'x-forwarded-proto': 'HTTPS,http' }, true],
    [{}, { 'x-forwarded-proto': 'http' }, false],
    [{}, { 'x-forwarded-proto': 'http, https' }, false],
    [{}, { 'x-forwarded-proto': 'httpsx' }, false],
    [{ encrypted: true }, { 'x-forwarded-proto': 'http' }, true],
  ])('is encrypted: socket %j, headers %j: %s', (facts, headers, secure) => {
    expect(isSecure(make(facts, headers))).toBe(secure);
  });

  it('has one text per header', () => {
    const request = make({}, { 'x-one': 'a', 'x-many': ['a', 'b'] });
    expect([header(request, 'x-one'), header(request, 'x-many'), header(request, 'x-none')]).toEqual([
      'a',
      'a, b',
      undefined,
    ]);
  });
});

import { crossSiteProblem, forgeryProblem } from './cross-site.js';
import { type HttpRequest } from './http-request.js';

const request = (method: string, headers: HttpRequest['headers']): HttpRequest => ({ method, headers });
const HEADER_MISSING = /X-Log-Console: 1/;
const OTHER_SITE = /other sites/;
const OTHER_ORIGIN = /access\.origins/;

const VERDICTS: readonly (readonly [
  method: string,
  headers: HttpRequest['headers'],
  problem: RegExp | undefined,
])[] = [
  ['GET', {}, undefined],
  ['HEAD', {}, undefined],
  ['DELETE', {}, HEADER_MISSING],
  ['POST', {}, HEADER_MISSING],
  ['OPTIONS', {}, HEADER_MISSING],
  ['get', {}, HEADER_MISSING],
  ['DELETE', { 'x-log-console': '1' }, undefined],
  ['DELETE', { 'x-log-console': '1, 1' }, HEADER_MISSING],
  ['DELETE', { 'x-log-console': '' }, HEADER_MISSING],
  ['DELETE', { 'x-log-console': '1', 'sec-fetch-site': 'cross-site' }, OTHER_SITE],
  ['GET', { 'sec-fetch-site': 'same-origin' }, undefined],
  ['GET', { 'sec-fetch-site': 'none' }, undefined],
  ['GET', { 'sec-fetch-site': 'same-site' }, OTHER_SITE],
  ['GET', { 'sec-fetch-site': 'cross-site' }, OTHER_SITE],
  ['GET', { 'sec-fetch-site': '' }, OTHER_SITE],
  ['GET', { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example', host: 'own' }, undefined],
  ['GET', { 'sec-fetch-site': 'cross-site', origin: 'https://ops.example.com' }, OTHER_SITE],
  ['GET', { origin: 'http://own', host: 'own' }, undefined],
  ['GET', { origin: 'https://own', host: 'OWN' }, undefined],
  ['GET', { origin: 'http://own:3000', host: 'own:3000' }, undefined],
  ['GET', { origin: 'http://own:3000', host: 'own' }, OTHER_ORIGIN],
  ['GET', { origin: 'http://own', host: 'inner', 'x-forwarded-host': ' Own , inner' }, undefined],
  ['GET', { origin: 'http://inner2', host: 'inner', 'x-forwarded-host': 'own, inner2' }, OTHER_ORIGIN],
  ['GET', { origin: 'https://ops.example.com', host: 'inner' }, undefined],
  ['GET', { origin: 'http://ops.example.com', host: 'inner' }, OTHER_ORIGIN],
  ['GET', { origin: 'https://ops.example.com:8443', host: 'inner' }, OTHER_ORIGIN],
  ['GET', { origin: 'null', host: 'null' }, OTHER_ORIGIN],
  ['GET', { origin: '', host: '' }, OTHER_ORIGIN],
  ['GET', { origin: 'http://own' }, OTHER_ORIGIN],
];
const origins = ['https://ops.example.com'];

describe('A request that may come from another site', () => {
  it.each(VERDICTS)('%s with %j', (method, headers, problem) => {
    const given = crossSiteProblem(request(method, headers), origins);
    if (problem) expect(given).toMatch(problem);
    else expect(given).toBeUndefined();
  });

  it.each(['Bearer abc', 'Token x', 'basically none', 'ApiKey x'])(
    'cannot have been forged with an Authorization of its own: %j',
    (authorization) => {
      for (const [method, headers] of VERDICTS)
        expect(crossSiteProblem(request(method, { ...headers, authorization }), origins)).toBeUndefined();
    },
  );

  it.each(['Basic dTpw', 'basic', 'BASIC x', 'Digest x', 'Negotiate x'])(
    'counts as without Authorization, where browsers send it by themselves: %j',
    (authorization) => {
      for (const [method, headers, problem] of VERDICTS) {
        const given = crossSiteProblem(request(method, { ...headers, authorization }), origins);
        expect(given === undefined).toBe(problem === undefined);
      }
    },
  );

  it('is looked at whatever its Authorization, when a cookie signed it in', () => {
    for (const [method, headers, problem] of VERDICTS) {
      const given = forgeryProblem(request(method, { ...headers, authorization: 'Bearer x' }), origins);
      expect(given === undefined).toBe(problem === undefined);
    }
  });

  it('needs no list of origins', () => {
    expect(crossSiteProblem(request('GET', { origin: 'https://ops.example.com', host: 'own' }))).toMatch(
      OTHER_ORIGIN,
    );
  });
});

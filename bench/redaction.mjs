import { MemoryStore, Redactor } from 'nestjs-log-console';
import { cpuNs } from './cpu.mjs';
import { median } from './median.mjs';

const ROUNDS = 9;
const MEGABYTE = 1024 ** 2;
/** The promises of docs/redaction.md, in nanoseconds of CPU time. */
const HARMLESS_NS = 600;
const HIT_NS = 10_000;
const MEGABYTE_NS = 50e6;

/** A hundred bytes each, as applications log them. */
const HARMLESS = [
  'order 4711: 3 of AB-444 picked from shelf north-12 by bert, 17 left, minimum is 20, supplier Miller  ',
  'GET /orders/4711?page=2&size=50 200 12 ms, user-agent Mozilla/5.0 (X11; Linux x86_64) warehouse/2.3',
  'shipping of parcel 00340434161094021501 to Springfield, carrier says: arrives tomorrow between 9 and 1',
  'Nest application successfully started +4ms, listening on http://localhost:3000, environment: production',
].map((line) => line.slice(0, 100));
const HITS = [
  'sign-in of bob with password=hun' + 'ter2 from 10.0.0.17 failed 3 times',
  'connecting to postgres://shop:hun' + 'ter2@db.example.com:5432/shop',
  'Authorization: Bearer abcDEF123456abcDEF123456 was refused by api.example.com',
];
/** What makes many rules look, or one find much: lines of a megabyte of it. */
const DENSE = [
  'x',
  'password ',
  'cookie: ',
  'token 1a',
  'mysql -p',
  'password="',
  'token token ',
  'api key ',
  '://a:b@',
  'sk-',
  '%70',
  'Bearer a1b2c3 ',
  '4111 ',
];

/** What looking for secrets costs, against what was promised. */
export function redaction() {
  const redactor = new Redactor();
  const store = new MemoryStore({ redactor });
  const perCall = (run, count) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const before = cpuNs();
      for (let index = 0; index < count; index++) run(index);
      return (cpuNs() - before) / count;
    });
    return median(rounds.slice(2));
  };
  const look = (texts) => (index) => redactor.text(texts[index % texts.length]);
  const append = (message) => () => store.append({ level: 'log', message });
  const against = (what, ns, promised) => ({
    what,
    ours: ns < 1e5 ? `${ns.toFixed(0)} ns` : `${(ns / 1e6).toFixed(1)} ms`,
    peer: promised < 1e5 ? `promised ${promised} ns` : `promised ${promised / 1e6} ms`,
    ratio: ns / promised,
    atMost: 1,
  });
  return [
    against('look through 100 harmless bytes', perCall(look(HARMLESS), 200_000), HARMLESS_NS),
    against('mask one secret in a line', perCall(look(HITS), 50_000), HIT_NS),
    ...DENSE.map((part) =>
      against(
        `append a line of 1 MB of ${JSON.stringify(part)}`,
        perCall(append(part.repeat(Math.ceil(MEGABYTE / part.length))), 3),
        MEGABYTE_NS,
      ),
    ),
  ];
}

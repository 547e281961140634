import { jest } from '@jest/globals';
import { type AuditData } from '../domain/audit-record.js';
import { Redactor } from '../redaction/redactor.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { Audit, type AuditOptions } from './audit.js';
import {
  cleared,
  deniedOthers,
  exported,
  levelChanged,
  levelExpired,
  signedIn,
  streamClosed,
  type AuditEvent,
} from './audit-event.js';
import { admit } from './caller.js';
import { type HttpRequest } from './http-request.js';

const TOKEN = 'the-secret-token-of-somebody-4711';
const ann = { name: 'ann', role: 'viewer', address: '10.0.0.1' } as const;

function trail() {
  const redactor = new Redactor({ values: [TOKEN] });
  const store = new MemoryStore({ redactor, instance: 'web-1' });
  const print = jest.fn<AuditOptions['print']>();
  const audit = new Audit({ store, print, redactor, links: () => ({ requestId: 'r-1' }) });
  const request = {
    method: 'GET',
    headers: {},
    socket: { remoteAddress: '10.0.0.9' },
  } as unknown as HttpRequest;
  return {
    audit,
    print,
    request,
    entries: () => store.read({ limit: 100 }).entries,
    data: () => store.read({ limit: 100 }).entries.map(({ data }) => data as AuditData),
  };
}

describe('The audit trail', () => {
  it('keeps and prints the same words, with who it was, from where, in which request', () => {
    const { audit, print, request, entries } = trail();
    admit(request, { caller: ann, recheck: () => Promise.resolve(undefined) });
    audit.record(audit.by(request), signedIn());
    expect(entries()).toMatchObject([
      {
        level: 'log',
        context: 'LogConsole',
        message: 'ann (viewer, 10.0.0.1) signed in',
        requestId: 'r-1',
        instance: 'web-1',
        data: { actor: 'ann', role: 'viewer', address: '10.0.0.1', action: 'sign-in', result: 'ok' },
      },
    ]);
    expect(print.mock.calls).toEqual([['log', 'ann (viewer, 10.0.0.1) signed in']]);
  });

  it('names nobody where the application did it', () => {
    const { audit, entries } = trail();
    audit.record(undefined, deniedOthers());
    expect(entries()).toMatchObject([{ data: { action: 'denied', result: 'denied' } }]);
    expect(entries()[0]).not.toHaveProperty('requestId');
    expect(entries()[0].data).not.toHaveProperty('address');
  });

  it.each([
    ['a line of its own', 'ann\nroot (admin, 1.2.3.4) cleared it', 'ann root (admin, 1.2.3.4) cleared it'],
    ['an escape', 'ann\x1b[2J', 'ann\\x1b[2J'],
    ['a secret', `ann ${TOKEN}`, 'ann [redacted:token]'],
  ])('shows a name that holds %s so that it does no harm', (_what, name, shown) => {
    const { audit, print, entries } = trail();
    audit.record({ ...ann, name }, signedIn());
    expect(print.mock.calls[0][1]).toBe(`${shown} (viewer, 10.0.0.1) signed in`);
    expect(entries()[0].message).toBe(`${shown} (viewer, 10.0.0.1) signed in`);
  });

  it('masks secrets in the parameters it keeps', () => {
    const { audit, entries } = trail();
    const query = { search: `token=${TOKEN}`, context: TOKEN };
    audit.record(ann, exported({}, query, { count: 1, bytes: 2, isWhole: true }));
    expect(JSON.stringify(entries())).not.toContain('4711');
  });

  it.each<[string, AuditEvent, string]>([
    ['what went well', signedIn(), 'log'],
    [
      'what came to its end',
      streamClosed({}, 'tail', { delivered: 1, missed: null, reason: 'left' }, 1),
      'log',
    ],
    ['what was denied', deniedOthers(), 'warn'],
    ['what was cleared', cleared(1, 'e-1'), 'warn'],
    ['what was cut off', exported({}, undefined, { count: 0, bytes: 0, isWhole: false }), 'warn'],
  ])('prints %s as grave as it is', (_what, event, level) => {
    const { audit, print } = trail();
    audit.record(ann, event);
    expect(print.mock.calls[0][0]).toBe(level);
  });

  it('does not warn of who opens the page and has not signed in yet', () => {
    const { audit, print, request } = trail();
    audit.denied(request, 'GET /api/session', { status: 401, message: 'Sign in first.' });
    audit.denied(request, 'GET /api/session', { status: 401, message: 'This token is not known.' });
    expect(print.mock.calls.map(([level]) => level)).toEqual(['log', 'warn']);
  });

  it('tells what differs apart, and what is the same together: by who, from where, what and why', () => {
    const { audit, request, data } = trail();
    const refusal = { status: 403, message: 'No.' };
    const elsewhere = { ...request, socket: { remoteAddress: '10.0.0.10' } } as unknown as HttpRequest;
    for (let turn = 0; turn < 3; turn++) {
      audit.denied(request, 'GET /a', refusal);
      audit.denied(request, 'GET /b', refusal);
      audit.denied(request, 'GET /a', { ...refusal, message: 'Never.' });
      audit.denied(request, 'GET /a', refusal, ann);
      audit.denied(elsewhere, 'GET /a', refusal);
    }
    expect(data()).toHaveLength(5);
    audit.close();
    expect(data().slice(5)).toHaveLength(5);
    expect(data().slice(5)).toEqual(
      data()
        .slice(0, 5)
        .map((first) => ({ ...first, count: 2, since: expect.any(String) as string })),
    );
  });

  it('takes changes of levels: one by somebody, one that came by itself', () => {
    const { audit, request, entries } = trail();
    admit(request, { caller: ann, recheck: () => Promise.resolve(undefined) });
    const change = { context: 'Orders*', effective: 'debug', by: 'ann', expired: false } as const;
    const until = '2026-11-20T08:45:42.113Z';
    const set = { ...change, from: undefined, to: 'debug', until, reason: 'ticket 17' } as const;
    audit.record(audit.by(request), levelChanged(set));
    audit.record(undefined, levelExpired({ ...change, from: 'debug', to: undefined, expired: true }));
    expect(entries().map(({ message, data }) => [message, (data as AuditData).action])).toEqual([
      [
        'ann (viewer, 10.0.0.1) changed the level of Orders*, from the default to debug until 2026-11-20T08:45:42.113Z: ticket 17',
        'level',
      ],
      ['The level of Orders* has expired, from debug to the default', 'level-expired'],
    ]);
    expect(entries()[0].data).toMatchObject({
      context: 'Orders*',
      from: null,
      to: 'debug',
      until,
      reason: 'ticket 17',
    });
  });
});

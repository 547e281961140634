import { jest } from '@jest/globals';
import { MAX_SET_LEVELS, type LevelChange } from '../domain/context-levels.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { LevelControl } from './level-control.js';
import { levelNotice } from './level-notice.js';
import { LevelTable } from './level-table.js';

const NOW = Date.UTC(2026, 10, 20, 10, 12);
const redactor = {
  text: (text: string) => text.replaceAll('hunter2', '[redacted:password]'),
} as TextRedactor;

describe('levels that are set at run time', () => {
  let table: LevelTable;
  let control: LevelControl;
  let changes: LevelChange[];
  const said = (): string[] => changes.map((change) => levelNotice(change).message);

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    table = new LevelTable(['log'], { HttpLogger: 'error' });
    control = new LevelControl(table, redactor);
    changes = [];
    control.onChange((change) => changes.push(change));
  });
  afterEach(() => {
    control.close();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('hold for half an hour, and are told of when they are set and when they end', () => {
    const level = {
      configured: 'debug',
      effective: 'debug',
      lines: 0,
      expiresAt: '2026-11-20T10:42:00.000Z',
    };
    expect(control.set('OrdersService', { level: 'debug' }, 'admin-1')).toEqual({
      ...level,
      setBy: 'admin-1',
    });
    jest.advanceTimersByTime(1_799_999);
    expect(table.effective('OrdersService')).toBe('debug');
    jest.advanceTimersByTime(1);
    expect(table.effective('OrdersService')).toBe('log');
    expect(said()).toEqual([
      'admin-1 set OrdersService to debug until 2026-11-20T10:42:00.000Z',
      'The level of OrdersService is log again',
    ]);
    expect(changes).toEqual([
      {
        context: 'OrdersService',
        from: undefined,
        to: 'debug',
        effective: 'debug',
        by: 'admin-1',
        until: '2026-11-20T10:42:00.000Z',
        expired: false,
      },
      {
        context: 'OrdersService',
        from: 'debug',
        to: undefined,
        effective: 'log',
        by: 'admin-1',
        expired: true,
      },
    ]);
    expect(changes.map((change) => levelNotice(change).level)).toEqual(['warn', 'log']);
  });

  it('take the place of what was set, with a time of their own', () => {
    control.set('OrdersService', { level: 'debug', ttlSeconds: 10, reason: 'lost orders' }, 'admin-1');
    jest.advanceTimersByTime(6000);
    control.set('OrdersService', { level: 'warn', ttlSeconds: 10 }, 'admin-2');
    jest.advanceTimersByTime(6000);
    expect(control.list().contexts.OrdersService).toEqual({
      configured: 'warn',
      effective: 'warn',
      lines: 0,
      expiresAt: '2026-11-20T10:12:16.000Z',
      setBy: 'admin-2',
    });
    expect(changes.map(({ from, to }) => [from, to])).toEqual([
      [undefined, 'debug'],
      ['debug', 'warn'],
    ]);
    jest.advanceTimersByTime(4000);
    expect(changes.at(-1)).toMatchObject({ from: 'warn', expired: true });
    expect(changes).toHaveLength(3);
  });

  it('are taken back once, which is told; where nothing is set nobody is', () => {
    const nothing = { configured: null, effective: 'log', lines: 0 };
    expect(control.reset('OrdersService', 'admin-1')).toEqual(nothing);
    control.set('OrdersService', { level: 'debug', ttlSeconds: 10 }, 'admin-1');
    expect(control.reset('OrdersService', 'admin-2')).toEqual(nothing);
    expect(control.reset('OrdersService', 'admin-2')).toEqual(nothing);
    jest.advanceTimersByTime(20_000);
    expect(said().slice(1)).toEqual(['admin-2 reset the level of OrdersService: it is log again']);
  });

  it('are over when somebody asks, also where the timer is late, and are told of once', () => {
    const ask = [
      () => control.list().contexts.OrdersService?.configured,
      () => control.reset('Other', 'a').configured,
      () => control.set('Other', { level: 'log' }, 'a') && undefined,
    ];
    for (const look of ask) {
      control.set('OrdersService', { level: 'debug', ttlSeconds: 1 }, 'admin-1');
      const late = performance.now() + 1000;
      const clock = jest.spyOn(performance, 'now').mockReturnValue(late);
      expect(look()).toBeFalsy();
      expect(table.effective('OrdersService')).toBe('log');
      clock.mockRestore();
      jest.advanceTimersByTime(2000);
      expect(changes.filter(({ expired }) => expired)).toHaveLength(1);
      changes.length = 0;
    }
  });

  it('end by the clock that never jumps', () => {
    control.set('OrdersService', { level: 'debug', ttlSeconds: 60 }, 'admin-1');
    jest.setSystemTime(NOW + 3_600_000);
    expect(control.list().contexts.OrdersService).toMatchObject({ configured: 'debug' });
    jest.setSystemTime(NOW - 3_600_000);
    jest.advanceTimersByTime(60_000);
    expect(table.effective('OrdersService')).toBe('log');
  });

  it('do not keep a process alive, nor end once it is over', () => {
    control.set('OrdersService', { level: 'debug', ttlSeconds: 1 }, 'admin-1');
    expect(jest.getTimerCount()).toBe(1);
    control.close();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
    const timeouts = jest.spyOn(globalThis, 'setTimeout');
    control.set('OrdersService', { level: 'warn' }, 'admin-1');
    expect((timeouts.mock.results[0].value as NodeJS.Timeout).hasRef()).toBe(false);
  });

  it('are no more than 100 at a time: one more changes nothing, another for the same name does', () => {
    for (let i = 0; i < MAX_SET_LEVELS; i++)
      expect(control.set(`C${i}`, { level: 'debug', ttlSeconds: 10 }, 'a')).toBeDefined();
    expect(control.set('More', { level: 'debug' }, 'a')).toBeUndefined();
    expect(table.effective('More')).toBe('log');
    expect(changes).toHaveLength(MAX_SET_LEVELS);
    expect(control.set('C0', { level: 'warn' }, 'a')).toMatchObject({ configured: 'warn' });
    jest.advanceTimersByTime(10_000);
    expect(control.set('More', { level: 'debug' }, 'a')).toMatchObject({ configured: 'debug' });
  });

  it('are listed with those of the options and with what logged', () => {
    table.of('OrdersService').lines += 2;
    table.of(undefined).lines++;
    control.set('Orders*', { level: 'debug', reason: 'lost orders' }, 'admin-1');
    expect(control.list()).toEqual({
      levels: LOG_LEVELS,
      contexts: {
        '*': { configured: null, effective: 'log', lines: 1 },
        HttpLogger: { configured: null, effective: 'error', lines: 0 },
        OrdersService: { configured: null, effective: 'debug', lines: 2 },
        'Orders*': {
          configured: 'debug',
          effective: 'debug',
          lines: 2,
          expiresAt: '2026-11-20T10:42:00.000Z',
          setBy: 'admin-1',
          reason: 'lost orders',
        },
      },
    });
    table.of('x'.repeat(201)).lines++;
    expect(control.list().others).toEqual({ lines: 1 });
  });

  it('show no secret and no control character: not in names, not in reasons, not in who it was', () => {
    const evil = 'a\x1b[31m hunter2\nb';
    const shown = 'a\\x1b[31m [redacted:password]\\x0ab';
    table.of(`${evil}!`).lines++;
    expect(control.set(evil, { level: 'warn', reason: evil }, evil)).toMatchObject({
      setBy: shown,
      reason: shown,
    });
    control.reset(evil, evil);
    expect(said()).toEqual([
      `${shown} set ${shown} to warn until 2026-11-20T10:42:00.000Z: ${shown}`,
      `${shown} reset the level of ${shown}: it is log again`,
    ]);
    expect(Object.keys(control.list().contexts)).toContain(`${shown}!`);
  });

  it('count names together that look the same, and take names of objects for names', () => {
    for (const name of ['hunter2', '[redacted:password]', '__proto__', 'constructor']) table.of(name).lines++;
    control.set('__proto__', { level: 'warn' }, 'a');
    const { contexts } = control.list();
    expect(contexts['[redacted:password]'].lines).toBe(2);
    expect(JSON.parse(JSON.stringify(contexts))).toHaveProperty(['__proto__', 'configured'], 'warn');
    expect(contexts.constructor).toEqual({ configured: null, effective: 'log', lines: 1 });
    expect(contexts.toString).toBeUndefined();
  });

  it('may be changed elsewhere: nobody is told, and they end by themselves', () => {
    control.accept('OrdersService', { level: 'debug', ttlMs: 5000, setBy: 'admin-2' });
    expect(control.list().contexts.OrdersService).toMatchObject({ configured: 'debug', setBy: 'admin-2' });
    control.accept('Other', { level: 'debug', ttlMs: 5000, setBy: 'admin-2' });
    control.accept('Other', undefined);
    expect(table.effective('Other')).toBe('log');
    expect(changes).toEqual([]);
    jest.advanceTimersByTime(5000);
    expect(said()).toEqual(['The level of OrdersService is log again']);
  });

  it('are told to nobody who does not listen any more', () => {
    const told: LevelChange[] = [];
    const stop = control.onChange((change) => told.push(change));
    control.set('A', { level: 'warn' }, 'a');
    stop();
    control.reset('A', 'a');
    expect([told.length, changes.length]).toEqual([1, 2]);
  });
});

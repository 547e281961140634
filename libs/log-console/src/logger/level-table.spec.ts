import { LOG_LEVELS, levelIndex, type LogLevel } from '../domain/log-level.js';
import { LevelTable } from './level-table.js';

type Levels = Readonly<Record<string, LogLevel>>;

const passing = (table: LevelTable, context?: string): LogLevel[] =>
  LOG_LEVELS.filter((level) => table.of(context).wanted & (1 << levelIndex(level)));

/** Captures so many lines of a context. */
function log(table: LevelTable, context: string | undefined, count = 1): void {
  for (let i = 0; i < count; i++) table.of(context).lines++;
}

describe('the levels of contexts', () => {
  it.each<[string, Levels, string | undefined, LogLevel]>([
    ['nothing says anything', {}, 'OrdersService', 'verbose'],
    ['its own', { OrdersService: 'warn' }, 'OrdersService', 'warn'],
    ['another’s', { OrdersService: 'warn' }, 'OrdersService2', 'verbose'],
    ['a beginning', { 'Orders*': 'warn' }, 'OrdersService', 'warn'],
    ['a beginning that is all of it', { 'Orders*': 'warn' }, 'Orders', 'warn'],
    ['a beginning in another case', { 'orders*': 'warn' }, 'Orders', 'verbose'],
    ['the longest beginning', { 'O*': 'error', 'Orders*': 'debug', 'Or*': 'warn' }, 'OrdersService', 'debug'],
    ['its own before a beginning', { OrdersService: 'debug', 'Orders*': 'error' }, 'OrdersService', 'debug'],
    ['all', { '*': 'warn' }, 'OrdersService', 'warn'],
    ['a beginning before all', { '*': 'error', 'O*': 'log' }, 'OrdersService', 'log'],
    ['all, without a context', { '*': 'warn', 'O*': 'log' }, undefined, 'warn'],
    ['no context but others do', { 'O*': 'log' }, undefined, 'verbose'],
    ['all, of the context without a name', { '*': 'warn' }, '', 'warn'],
    ['fatal, which error passes too', { OrdersService: 'fatal' }, 'OrdersService', 'error'],
    ['a context called __proto__', JSON.parse('{ "__proto__": "warn" }') as Levels, '__proto__', 'warn'],
    ['a context called constructor', { 'Orders*': 'warn' }, 'constructor', 'verbose'],
    ['a context of half a character', { '\ud800': 'warn' }, '\ud800', 'warn'],
  ])('are decided by %s', (_what, levels, context, lowest) => {
    const expected = LOG_LEVELS.slice(levelIndex(lowest));
    const configured = new LevelTable(undefined, levels);
    const set = new LevelTable();
    log(set, context);
    for (const [name, level] of Object.entries(levels)) set.set(name, level);
    const setFirst = new LevelTable();
    for (const [name, level] of Object.entries(levels)) setFirst.set(name, level);
    for (const table of [configured, set, setFirst]) {
      expect(passing(table, context)).toEqual(expected);
      if (context !== undefined) expect(table.effective(context)).toBe(lowest);
    }
  });

  it('are those of the option level where no name says anything, also lower ones than it', () => {
    const table = new LevelTable(['warn'], { HttpLogger: 'error' });
    table.set('OrdersService', 'debug');
    expect(passing(table)).toEqual(['warn', 'error', 'fatal']);
    expect(passing(table, 'OrdersService')).toEqual(['debug', 'log', 'warn', 'error', 'fatal']);
    expect(passing(table, 'HttpLogger')).toEqual(['error', 'fatal']);
    expect(['*', 'Other', 'OrdersService', 'HttpLogger'].map((name) => table.effective(name))).toEqual([
      'warn',
      'warn',
      'debug',
      'error',
    ]);
  });

  it('are a set with a hole only where the option level has one', () => {
    const table = new LevelTable(['debug', 'warn']);
    expect(passing(table, 'A')).toEqual(['debug', 'warn', 'error', 'fatal']);
    expect(table.effective('A')).toBe('debug');
    table.set('*', 'debug');
    expect(passing(table, 'A')).toEqual(['debug', 'log', 'warn', 'error', 'fatal']);
  });

  it('come back to what was configured, whatever was set in between', () => {
    const table = new LevelTable(['log'], { 'Orders*': 'warn' });
    for (const name of ['OrdersService', 'Orders*', '*']) table.set(name, 'verbose');
    expect(passing(table, 'OrdersService')).toEqual([...LOG_LEVELS]);
    for (const name of ['OrdersService', 'Orders*', '*', 'Orders*', 'never']) table.set(name, undefined);
    expect(['OrdersService', 'Orders*', '*'].map((name) => table.effective(name))).toEqual([
      'warn',
      'warn',
      'log',
    ]);
    expect(passing(table, 'OrdersService')).toEqual(['warn', 'error', 'fatal']);
  });

  it('hold for a beginning as for what it begins: only a shorter one decides', () => {
    const table = new LevelTable(undefined, { 'Orders*': 'warn', Ord: 'fatal', 'OrdersServ*': 'debug' });
    expect(['Ord*', 'Orders*', 'OrdersS*', 'OrdersService*'].map((name) => table.effective(name))).toEqual([
      'verbose',
      'warn',
      'warn',
      'debug',
    ]);
  });

  it('let error and fatal pass, whatever is set', () => {
    for (const level of LOG_LEVELS) {
      const table = new LevelTable([], { '*': level, A: level });
      table.set('B', level);
      for (const context of [undefined, 'A', 'B', 'C'])
        expect(passing(table, context)).toEqual(expect.arrayContaining(['error', 'fatal']));
    }
  });
});

describe('the counts of contexts', () => {
  it('are of each one, and of a beginning what it decides', () => {
    const table = new LevelTable(undefined, { 'Orders*': 'warn' });
    log(table, 'OrdersService', 3);
    log(table, 'OrdersRepository', 4);
    log(table, 'Other', 5);
    log(table, undefined, 6);
    table.set('OrdersService', 'debug');
    log(table, 'OrdersService');
    const counts = ['OrdersService', 'OrdersRepository', 'Orders*', 'Other', '*', 'never', 'nev*'].map(
      (name) => table.linesOf(name),
    );
    expect(counts).toEqual([4, 4, 4, 5, 11, 0, 0]);
    table.set('OrdersService', undefined);
    expect(table.linesOf('Orders*')).toBe(8);
    expect([...table.names()].sort()).toEqual(
      ['*', 'Orders*', 'OrdersRepository', 'OrdersService', 'Other'].sort(),
    );
    expect(table.otherLines).toBe(0);
  });

  it('are kept of the busiest 500, and of those that have a level; the others are counted together', () => {
    const table = new LevelTable(undefined, { Quiet: 'warn' });
    log(table, 'Quiet');
    log(table, 'Busy', 100);
    table.set('Order-7', 'debug');
    for (let i = 0; i < 10_000; i++) log(table, `Order-${i}`, 2);
    expect(table.names().size).toBeLessThanOrEqual(501);
    expect(table.linesOf('Quiet')).toBe(1);
    expect(table.linesOf('Busy')).toBe(100);
    expect(table.linesOf('Order-7')).toBe(2);
    expect(table.linesOf('Order-9999')).toBe(2);
    const counted = [...table.names()].filter((name) => name !== '*').map((name) => table.linesOf(name));
    expect(table.otherLines).toBeGreaterThan(0);
    expect(counted.reduce((sum, lines) => sum + lines, table.otherLines)).toBe(20_101);
  });

  it('do not keep long names, for which a beginning decides all the same', () => {
    const table = new LevelTable(undefined, { 'a*': 'warn' });
    const long = 'x'.repeat(201);
    log(table, `a${long}`);
    expect(passing(table, `a${long}`)).toEqual(['warn', 'error', 'fatal']);
    expect(passing(table, long)).toEqual([...LOG_LEVELS]);
    log(table, long);
    table.set('x*', 'error');
    expect(passing(table, long)).toEqual(['error', 'fatal']);
    table.set('x*', undefined);
    log(table, 'x'.repeat(200));
    expect([...table.names()]).toEqual(['*', 'a*', 'x'.repeat(200)]);
    expect(table.otherLines).toBe(2);
  });
});

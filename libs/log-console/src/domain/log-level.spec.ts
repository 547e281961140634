import { LEVEL_GRAMMAR, LOG_LEVELS, levelIndex, parseLevels } from './log-level.js';

describe('the levels', () => {
  it('are ordered from verbose to fatal', () => {
    expect(LOG_LEVELS.map(levelIndex)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(levelIndex('verbose')).toBe(0);
    expect(levelIndex('warn')).toBe(3);
    expect(levelIndex('fatal')).toBe(5);
  });

  it.each(['', 'info', 'WARN', 'warn ', 'constructor', '__proto__', '0'])('do not include %j', (name) => {
    expect(levelIndex(name)).toBe(-1);
  });
});

describe('a set of levels', () => {
  it.each([
    ['verbose', ['verbose']],
    ['debug', ['debug']],
    ['log', ['log']],
    ['warn', ['warn']],
    ['error', ['error']],
    ['fatal', ['fatal']],
    ['warn,error', ['warn', 'error']],
    ['error,warn', ['error', 'warn']],
    ['verbose,debug,log,warn,error,fatal', [...LOG_LEVELS]],
    ['>=verbose', [...LOG_LEVELS]],
    ['>=warn', ['warn', 'error', 'fatal']],
    ['>=fatal', ['fatal']],
    ['>verbose', ['debug', 'log', 'warn', 'error', 'fatal']],
    ['>warn', ['error', 'fatal']],
    ['>error', ['fatal']],
  ])('%j means %j', (text, levels) => {
    expect(parseLevels(text)).toEqual(levels);
  });

  it.each([
    '',
    ' ',
    ',',
    'info',
    'warning',
    'Warn',
    'WARN',
    ' warn',
    'warn ',
    'warn\n',
    'warn,',
    ',warn',
    'warn,,error',
    'warn, error',
    'warn;error',
    'warn,info',
    '>',
    '>=',
    '>>warn',
    '>= warn',
    '>=warn,error',
    '>=warn\n',
    '>=info',
    '>fatal',
    '=warn',
    '<warn',
    '<=warn',
    '>=constructor',
    'toString',
    '__proto__',
  ])('is refused when written %j', (text) => {
    expect(parseLevels(text)).toBeUndefined();
  });

  it('has its spelling explained with names and forms that are accepted', () => {
    for (const level of LOG_LEVELS) expect(LEVEL_GRAMMAR).toContain(level);
    const examples = [...LEVEL_GRAMMAR.matchAll(/"([^"]+)"/g)].map(([, example]) => example);
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(parseLevels(example)).toBeDefined();
  });
});

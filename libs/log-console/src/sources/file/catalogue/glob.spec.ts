import { compileGlob, isGlob } from './glob.js';

describe('compileGlob', () => {
  it.each<[pattern: string, matching: string[], others: string[]]>([
    [
      '**/*.log',
      ['a.log', 'sub/a.log', 'a/b/c/d.log', 'ü/😀.log', 'a..log', 'a b.log'],
      [
        'a.log.1',
        'log',
        '.log',
        '.hidden.log',
        'sub/.a.log',
        '.git/a.log',
        'a/.b/c.log',
        'a.LOG',
        'a.log/x',
        '',
      ],
    ],
    ['*.log', ['a.log', '-.log'], ['sub/a.log', 'a.logs', 'a.lo']],
    ['a?.log', ['ab.log', 'a😀.log'], ['a.log', 'abc.log', 'a/.log']],
    ['nginx/*.log', ['nginx/a.log'], ['nginx/x/a.log', 'nginx.log', 'apache/a.log']],
    ['nginx/**/*.log', ['nginx/a.log', 'nginx/x/y/a.log'], ['a/nginx/a.log', 'nginx']],
    ['**', ['a', 'a/b', 'a/b/c.txt'], ['.a', 'a/.b']],
    ['**/x/**/y', ['x/y', 'a/x/b/y', 'x/x/y/y'], ['x', 'y', 'x/b', 'a/y']],
    ['a/**', ['a/b', 'a/b/c', 'a'], ['b/a']],
    ['a*b*c', ['abc', 'a-b-c', 'abbcc', 'aXbXbc'], ['ab', 'acb', 'abcd']],
    ['a**b', ['ab', 'a-b'], ['a/b']],
    ['a+.$^|b', ['a+.$^|b'], ['aa.$^|b', 'a+x$^|b']],
  ])('%s', (pattern, matching, others) => {
    const glob = compileGlob(pattern);
    expect(matching.filter((path) => !glob.matches(path))).toEqual([]);
    expect(others.filter((path) => glob.matches(path))).toEqual([]);
  });

  it('knows how deep a match may lie', () => {
    expect(['*.log', 'a/*.log', '**/*.log'].map((pattern) => compileGlob(pattern).depth)).toEqual([
      1,
      2,
      Infinity,
    ]);
  });

  it('takes no pattern and no path that long to say no', () => {
    const stars = compileGlob(`${'*a'.repeat(120)}b`);
    const directories = compileGlob(`${'**/a/'.repeat(50)}b`);
    const start = performance.now();
    expect(stars.matches('a'.repeat(250))).toBe(false);
    expect(directories.matches(`${'a/'.repeat(500)}c`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('isGlob', () => {
  it.each(['*.log', '**/*.log', 'nginx/access?.log', 'a b/ü*', 'x'.repeat(256)])('takes %j', (text) =>
    expect(isGlob(text)).toBe(true),
  );
  it.each([
    '',
    '/',
    '/var/log/*',
    'a//b',
    'a/',
    '..',
    '../*.log',
    'a/../b',
    './a',
    '.hidden/*',
    'a/.b',
    '*.{log,txt}',
    '[ab].log',
    '!(a)',
    'a\\b',
    'a\0b',
    'a\n',
    'x'.repeat(257),
  ])('refuses %j', (text) => expect(isGlob(text)).toBe(false));
});

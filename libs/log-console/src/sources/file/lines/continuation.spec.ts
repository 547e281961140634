import { parserOf, type ParsedLine } from '../formats/index.js';
import { isContinuation } from './continuation.js';

const LOG: ParsedLine = { level: 'log', message: 'a line' };
const ERROR: ParsedLine = { level: 'error', message: 'bad' };
const IN_STACK: ParsedLine = { ...ERROR, stack: '    at a (b.js:1:2)' };
const TITLE = parserOf('auto')('Error: first');
const PYTHON: ParsedLine = {
  level: 'log',
  message: 'Traceback (most recent call last):',
  stack: '  File "x.py"',
};
const PYTHON_BELOW: ParsedLine = { ...ERROR, stack: 'Traceback (most recent call last):' };

describe('isContinuation', () => {
  it.each([
    '    at Object.<anonymous> (/srv/app.js:1:2)',
    '\tat com.example.Main.main(Main.java:5)',
    '\t... 23 more',
    '... 3 more',
    'Caused by: java.io.IOException: x',
    '  File "x.py", line 1, in <module>',
    '    [cause]: Error: y',
    '  a: 1,',
    '}',
    '})',
    '];',
    '} +5ms',
    '}\x1b[38;5;3m +0ms\x1b[39m',
    '--- End of inner exception stack trace ---',
    ' ',
  ])('%s belongs to whatever is above, and to what is not seen', (text) => {
    expect([undefined, LOG, ERROR, IN_STACK].map((above) => isContinuation(text, above))).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });

  it.each([
    'a line',
    'at home',
    'Caused by nobody',
    '{"level":30}',
    '} else {',
    ')))))))))))))))))) x',
    '[Nest] 1  - 11/20/2026, 8:15:42 AM     LOG x',
    '[2026-11-20] x',
    '-----',
    '\ufeff    at',
    '\0',
  ])('%s stands for itself', (text) => {
    expect([undefined, LOG, ERROR, IN_STACK, PYTHON].map((above) => isContinuation(text, above))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });

  it.each<[text: string, above: ParsedLine | undefined, belongs: boolean]>([
    // The title of the stack below the line of a logger.
    ['Error: q', ERROR, true],
    ['TypeError [ERR_X]: q', ERROR, true],
    ['java.lang.IllegalStateException: x', ERROR, true],
    ['Error', ERROR, true],
    ['Error: q', LOG, false],
    ['Error: q', IN_STACK, false],
    ['Error: q', TITLE, false],
    ['Error: q', undefined, false],
    ['Errors: 5', ERROR, false],
    // Blank lines.
    ['', IN_STACK, true],
    ['', LOG, false],
    ['', undefined, false],
    // Python.
    ['Traceback (most recent call last):', ERROR, true],
    ['Traceback (most recent call last):', LOG, false],
    ['Traceback (most recent call last):', PYTHON, true],
    ['ValueError: bad', PYTHON, true],
    ['ValueError: bad', PYTHON_BELOW, true],
    ['app.errors.StockError', PYTHON, true],
    ['KeyboardInterrupt', PYTHON, true],
    ['During handling of the above exception, another exception occurred:', PYTHON, true],
    ['done: ok', PYTHON, false],
    ['ValueError: bad', LOG, false],
    // Node.
    ['Node.js v20.20.2', IN_STACK, true],
    ['Node.js v20.20.2', LOG, false],
  ])('%s below %j: %s', (text, above, belongs) => {
    expect(isContinuation(text, above)).toBe(belongs);
  });
});

import fc from 'fast-check';
import { errorStack } from '../../../src/domain/error-text.js';
import { type StackPart, stackParts } from './stack.js';
import { visible } from './visible-text.js';

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim());
const allLines = (parts: StackPart[]): string[] =>
  parts.flatMap(({ title, own, others }) => [...linesOf(title), ...own, ...others]);

describe('stackParts', () => {
  it('tells the frames of the application from the others', () => {
    const stack = `TypeError: Cannot read properties of undefined
    at PickingService.confirm (/app/dist/picking.service.js:88:31)
    at async Object.<anonymous> (file:///app/dist/main.js:1:1)
    at C:\\app\\dist\\orders.js:3:9
    at eval (eval at <anonymous> (/app/dist/rules.js:5:1), <anonymous>:1:1)
    at /app/node_modules/@nestjs/core/router.js:38:29
    at Layer.handle (C:\\app\\node_modules\\router\\layer.js:152:17)
    at Array.map (<anonymous>)
    at new Promise (<anonymous>)
    at <anonymous>
    at async Promise.all (index 0)
    at JSON.parse (native)
    at node:internal/main/run:1:1
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
    const [first, ...frames] = stack.split('\n');
    expect(stackParts(stack)).toEqual([
      { title: first, own: frames.slice(0, 4), others: frames.slice(4), cause: false },
    ]);
  });

  it('keeps all lines of a message', () => {
    const [part] = stackParts('Error: one\n\n  two\nthree\n    at f (/app/f.js:1:1)');
    expect(part).toEqual({
      title: 'Error: one\n\n  two\nthree',
      own: ['    at f (/app/f.js:1:1)'],
      others: [],
      cause: false,
    });
  });

  it('reads causes and the errors of an error as the server writes them', () => {
    const at = (error: Error, file: string): Error =>
      Object.assign(error, { stack: `${error.name}: ${error.message}\n    at f (/app/${file}.js:1:1)` });
    const cause = at(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'b');
    const stack = errorStack(
      at(new AggregateError([at(new Error('one'), 'c'), 'two'], 'all', { cause }), 'a'),
    );
    expect(stackParts(stack).map(({ title, own, cause }) => [title, own.length, cause])).toEqual([
      ['AggregateError: all', 1, false],
      ['Caused by: Error: refused', 1, true],
      ['{"code":"ECONNREFUSED"}', 0, false],
      ['Error 1 of 2: Error: one', 1, true],
      ['Error 2 of 2: two', 0, true],
    ]);
  });

  it('reads causes as Node writes them', () => {
    const stack = `Error: outer
    at f (/app/f.js:1:1)
    ... 2 lines matching cause stack trace ...
    at g (/app/g.js:1:1) {
  [cause]: Error: inner
      at h (/app/h.js:1:1)
}`;
    expect(
      stackParts(stack).map(({ title, own, others, cause }) => [title, own.length, others.length, cause]),
    ).toEqual([
      ['Error: outer', 2, 1, false],
      ['  [cause]: Error: inner', 1, 0, true],
      ['}', 0, 0, false],
    ]);
  });

  it('keeps a stack of Java in order', () => {
    const stack = `java.lang.IllegalStateException: no stock
\tat com.example.Stock.take(Stock.java:12)
\t... 12 more
Caused by: java.io.IOException
\tat com.example.Db.read(Db.java:3)`;
    expect(allLines(stackParts(stack))).toEqual(linesOf(stack));
    expect(stackParts(stack).map(({ cause }) => cause)).toEqual([false, true]);
  });

  it.each([
    [
      'Python',
      'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n    f()\nKeyError: "x"',
    ],
    ['no frames', 'Error: nothing more is known'],
    ['no error at all', 'a text\nin two lines'],
  ])('shows a stack of %s as it is', (_what, stack) => {
    expect(stackParts(stack)).toEqual([{ title: stack, own: [], others: [], cause: false }]);
  });

  it('shows no colours, and marks what is unseen', () => {
    expect(stackParts('\x1b[31mError: a\u202eb\x1b[0m\r\n    at f (/app/f.js:1:1)\r\n')).toEqual([
      { title: 'Error: a\\u{202e}b', own: ['    at f (/app/f.js:1:1)'], others: [], cause: false },
    ]);
  });

  it('loses no line, whatever the stack', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Error: x',
        '    at f (/a.js:1:1)',
        '    at node:x',
        '\tat A.b(C.java:1)',
        '    ... 3 more',
        '',
      ),
      fc.constantFrom(
        'Caused by: Error: y',
        '  [cause]: z',
        'Error 1 of 2: q',
        '}',
        '  ',
        '{"code":1}',
        'at the dock',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const stack = lines.join('\n');
        expect(allLines(stackParts(stack)).sort()).toEqual(linesOf(visible(stack)).sort());
      }),
    );
  });
});

import fc from 'fast-check';
import { fileIdOf, parseFileId } from './file-id.js';

const SHAPE = /^[A-Za-z0-9._~-]{1,100}$/;
const name = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter((text) => !/^\.{1,2}$|[/\0\\]/.test(text));

describe('fileIdOf', () => {
  it.each([
    ['app.log', 'logs~app.log'],
    ['sub/app.log', 'logs~sub~2Fapp.log'],
    ['a b~ü.log', 'logs~a~20b~7E~C3~BC.log'],
    ['%2e%2e', 'logs~~252e~252e'],
  ])('writes %s', (path, id) => {
    expect(fileIdOf('logs', path)).toBe(id);
    expect(parseFileId(id)).toEqual({ entry: 'logs', path });
  });

  it('keeps its shape whatever files are called, and reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const path = names.join('/');
        const id = fileIdOf('logs', path);
        expect(id).toMatch(SHAPE);
        const read = parseFileId(id);
        expect(read).toEqual(read?.isHash ? { entry: 'logs', isHash: true } : { entry: 'logs', path });
      }),
    );
  });

  it('writes a hash for what is too long, another one for each path', () => {
    const [first, second] = ['a', 'b'].map((last) => fileIdOf('x'.repeat(64), `${'ü'.repeat(200)}/${last}`));
    expect(first).toMatch(SHAPE);
    expect(first).not.toBe(second);
    expect(parseFileId(first)).toEqual({ entry: 'x'.repeat(64), isHash: true });
    expect(fileIdOf('x'.repeat(64), `${'ü'.repeat(200)}/a`)).toBe(first);
  });
});

describe('parseFileId', () => {
  it('takes a configured id as it is', () =>
    expect(parseFileId('nginx.1-a_b')).toEqual({ entry: 'nginx.1-a_b' }));

  it.each([
    ['nothing', ''],
    ['a slash', 'logs/../etc'],
    ['a backslash', 'logs~..\\x'],
    ['a percent sign', 'logs~%2e%2e'],
    ['a way up', 'logs~..'],
    ['a way up and down', 'logs~..~2F..~2Fetc~2Fpasswd'],
    ['a way up in the middle', 'logs~a~2F..~2Fb.log'],
    ['the place itself', 'logs~.'],
    ['an absolute path', 'logs~~2Fetc~2Fpasswd'],
    ['an empty name', 'logs~a~2F~2Fb.log'],
    ['an empty path', 'logs~'],
    ['NUL', 'logs~a~00.log'],
    ['an encoded backslash', 'logs~..~5C..~5Cwin.ini'],
    ['lower case digits, a second spelling', 'logs~sub~2fapp.log'],
    ['a letter in disguise, a second spelling', 'logs~~61pp.log'],
    ['a dot in disguise', 'logs~~2E~2E~2Fx'],
    ['half an escape', 'logs~a~2'],
    ['no escape', 'logs~a~zz'],
    ['bytes that are no UTF-8', 'logs~~C0~AE'],
    ['a long UTF-8 slash', 'logs~~C0~AFetc'],
    ['a line end', 'logs~app.log\n'],
    ['too much', 'x'.repeat(201)],
    ['a long path that has a hash', `logs~${'x'.repeat(150)}`],
  ])('knows no id with %s', (_what, id) => expect(parseFileId(id)).toBeUndefined());
});

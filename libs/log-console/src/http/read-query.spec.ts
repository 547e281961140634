import { type Type } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { badRequest, readQuery } from './read-query.js';

class Query {
  @IsOptional()
  @Matches(/^\d+$/, { message: 'size must be digits.' })
  size?: string = undefined;

  @IsOptional()
  @Matches(/^(on|off)$/, { message: 'mode must be on or off.' })
  mode?: string = undefined;
}

class Nothing {}

/** What is read from a request with this URL. */
function read(url: string, dto: Type<object> = Query): object {
  // What the host's query parser made of it does not count.
  const request = { raw: { url }, query: { size: 'parsed by the host' } };
  return readQuery(dto, request as unknown as HttpRequest);
}

/** The message of the 400 a request gets. */
function refusal(url: string, dto?: Type<object>): string | string[] {
  try {
    read(url, dto);
  } catch (error) {
    expect(error).toBeInstanceOf(LogConsoleException);
    const body = (error as LogConsoleException).getResponse() as { message: string | string[] };
    expect(body).toEqual({ statusCode: 400, message: body.message, error: 'Bad Request' });
    return body.message;
  }
  throw new Error('It was not refused.');
}

describe('readQuery', () => {
  it('reads the URL itself into an instance of the DTO', () => {
    const query = read('/B/api?size=12&mode=on');
    expect(query).toBeInstanceOf(Query);
    expect(query).toEqual({ size: '12', mode: 'on' });
  });

  it.each(['/', '/?', '/?&', '/?&&'])('reads nothing from %s', (url) => {
    expect(read(url)).toEqual({ size: undefined, mode: undefined });
  });

  it('decodes once, plus signs and percent signs, and takes what is badly encoded as it is', () => {
    expect(read('/?mode=o%6e')).toMatchObject({ mode: 'on' });
    expect(refusal('/?mode=o%256e')).toBe('mode must be on or off.');
    expect(refusal('/?mode=%E0%A4%A')).toBe('mode must be on or off.');
  });

  it.each([
    ['a wrong value', '/?size=secret-value', 'size must be digits.'],
    ['an empty value', '/?size=', 'size must be digits.'],
    ['a name without a value', '/?size', 'size must be digits.'],
    ['a repeated name', '/?size=1&size=1', 'size is given more than once; give one value.'],
    ['a name repeated often', '/?size=1&size=2&size=3', 'size is given more than once; give one value.'],
    ['an unknown name', '/?sise=secret-value', 'sise is not a parameter here; accepted: size, mode.'],
    ['brackets', '/?size[]=1', 'size[] is not a parameter here; accepted: size, mode.'],
    ['a nested name', '/?size[gt]=1', 'size[gt] is not a parameter here; accepted: size, mode.'],
    ['another case', '/?SIZE=1', 'SIZE is not a parameter here; accepted: size, mode.'],
    ['a second question mark', '/??size=1', '?size is not a parameter here; accepted: size, mode.'],
    ['an empty name', '/?=1', ' is not a parameter here; accepted: size, mode.'],
    ['__proto__', '/?__proto__=x', '__proto__ is not a parameter here; accepted: size, mode.'],
    ['constructor', '/?constructor=x', 'constructor is not a parameter here; accepted: size, mode.'],
    ['toString', '/?toString=x', 'toString is not a parameter here; accepted: size, mode.'],
  ])('refuses %s, naming the parameter and what is accepted, never the value', (_what, url, message) => {
    expect(refusal(url)).toBe(message);
  });

  it('names everything that is wrong at once', () => {
    expect(refusal('/?size=x&mode=y&z=1')).toEqual([
      'z is not a parameter here; accepted: size, mode.',
      'size must be digits.',
      'mode must be on or off.',
    ]);
  });

  it('repeats no more than 64 characters of a name', () => {
    expect(refusal(`/?${'n'.repeat(5000)}=1`)).toBe(
      `${'n'.repeat(64)} is not a parameter here; accepted: size, mode.`,
    );
  });

  it.each([
    ['names', Array.from({ length: 20_000 }, (_, index) => `n${index}`).join('&')],
    ['values of one name', 'size=1&'.repeat(20_000)],
  ])('does not go on for ever about very many %s', (_what, query) => {
    expect([refusal(`/?${query}`)].flat().length).toBeLessThanOrEqual(32);
  });

  it('accepts nothing where nothing is accepted', () => {
    expect(read('/?', Nothing)).toEqual({});
    expect(refusal('/?a=1', Nothing)).toBe('a is not a parameter here; accepted: none.');
  });

  it('lets no name reach the prototype of anything', () => {
    refusal('/?__proto__[polluted]=1');
    refusal('/?__proto__=1&constructor[prototype][polluted]=1');
    expect('polluted' in {}).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('badRequest', () => {
  it("is Nest's shape, with a text for one problem and a list for several", () => {
    expect(badRequest(['one']).getResponse()).toMatchObject({ statusCode: 400, message: 'one' });
    expect(badRequest(['one', 'two']).getResponse()).toMatchObject({ message: ['one', 'two'] });
  });
});

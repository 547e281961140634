import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { type PipeTransform, type Type } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { LogConsoleException } from '../access/log-console.exception.js';
import { badRequest, ReadQuery } from './query-pipe.js';

class Query {
  @IsOptional()
  @Matches(/^\d+$/, { message: 'size must be digits.' })
  size?: string = undefined;

  @IsOptional()
  @Matches(/^(on|off)$/, { message: 'mode must be on or off.' })
  mode?: string = undefined;
}

class Nothing {}

interface ReadParameter {
  readonly factory: (data: unknown, context: ExecutionContextHost) => unknown;
  readonly pipes: readonly PipeTransform[];
}

/** What a handler gets whose parameter is `@ReadQuery(dto)`, for a request with this URL. */
async function read(url: string, dto: Type = Query): Promise<unknown> {
  class Controller {
    handler(_query: unknown): void {
      // Only its metadata is looked at.
    }
  }
  ReadQuery(dto)(Controller.prototype, 'handler', 0);
  const metadata = Reflect.getMetadata(ROUTE_ARGS_METADATA, Controller, 'handler') as Record<
    string,
    ReadParameter
  >;
  const [{ factory, pipes }] = Object.values(metadata);
  // What the host's query parser made of it does not count.
  const request = { url, query: { size: 'parsed by the host' } };
  const value = factory(undefined, new ExecutionContextHost([{ raw: request }]));
  return pipes[0].transform(value, { type: 'custom' });
}

/** The message of the 400 a request gets. */
async function refusal(url: string, dto?: Type): Promise<string | string[]> {
  const error = await read(url, dto).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LogConsoleException);
  const body = (error as LogConsoleException).getResponse() as { message: string | string[] };
  expect(body).toEqual({ statusCode: 400, message: body.message, error: 'Bad Request' });
  return body.message;
}

describe('ReadQuery', () => {
  it('reads the URL itself into an instance of the DTO', async () => {
    const query = await read('/B/api?size=12&mode=on');
    expect(query).toBeInstanceOf(Query);
    expect(query).toEqual({ size: '12', mode: 'on' });
  });

  it.each(['/', '/?', '/?&', '/?&&'])('reads nothing from %s', async (url) => {
    expect(await read(url)).toEqual({ size: undefined, mode: undefined });
  });

  it('decodes once, plus signs and percent signs, and takes what is badly encoded as it is', async () => {
    expect(await read('/?mode=o%6e')).toMatchObject({ mode: 'on' });
    expect(await refusal('/?mode=o%256e')).toBe('mode must be on or off.');
    expect(await refusal('/?mode=%E0%A4%A')).toBe('mode must be on or off.');
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
    ['an empty name', '/?=1', ' is not a parameter here; accepted: size, mode.'],
    ['__proto__', '/?__proto__=x', '__proto__ is not a parameter here; accepted: size, mode.'],
    ['constructor', '/?constructor=x', 'constructor is not a parameter here; accepted: size, mode.'],
    ['toString', '/?toString=x', 'toString is not a parameter here; accepted: size, mode.'],
  ])('refuses %s, naming the parameter and what is accepted, never the value', async (_what, url, message) => {
    expect(await refusal(url)).toBe(message);
  });

  it('names everything that is wrong at once', async () => {
    expect(await refusal('/?size=x&mode=y&z=1')).toEqual([
      'z is not a parameter here; accepted: size, mode.',
      'size must be digits.',
      'mode must be on or off.',
    ]);
  });

  it('repeats no more than 64 characters of a name', async () => {
    expect(await refusal(`/?${'n'.repeat(5000)}=1`)).toBe(
      `${'n'.repeat(64)} is not a parameter here; accepted: size, mode.`,
    );
  });

  it('accepts nothing where nothing is accepted', async () => {
    expect(await read('/?', Nothing)).toEqual({});
    expect(await refusal('/?a=1', Nothing)).toBe('a is not a parameter here; accepted: none.');
  });

  it('lets no name reach the prototype of anything', async () => {
    await refusal('/?__proto__[polluted]=1');
    await refusal('/?__proto__=1&constructor[prototype][polluted]=1');
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

import { ABILITIES, isRole, ROLES } from './access/roles.js';
import { TOKEN_VARIABLE } from './access/access-mode.js';
import { CONTEXT_GRAMMAR, isContextName, isLevel } from './domain/level-problems.js';
import { LEVEL_GRAMMAR, LOG_LEVELS, parseLevels } from './domain/log-level.js';
import { GLOB_GRAMMAR, isGlob } from './sources/file/catalogue/glob.js';
import { type DirectoryOptions, type FileOptions } from './sources/file/file.options.js';
import { FORMAT_NAMES } from './sources/file/formats/index.js';
import { type LogConsoleExtras, type LogConsoleOptions } from './log-console.options.js';

/** A wrong option: the message names it, what was given (never a secret) and what is accepted. */
export class LogConsoleOptionsError extends Error {
  /** Says what it is, where classes are not shared. */
  override readonly name = 'LogConsoleOptionsError';
}

type Check = (value: unknown, name: string) => void;

const MIN_TOKEN = 32;
const MAX_TOKEN = 1024;
/** Segments of plain characters; `.` and `..` a browser would take out of the address. */
const PATH = /^(?!\.{1,2}(\/|$))[A-Za-z0-9_~.-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_~.-]+)*$/;
const SIGN_IN_URL = /^(\/(?![/\\])|https?:\/\/)[^\s]*$/;
/** No control characters, and nothing a cookie cannot hold. */
const NAME = /^[^\p{Cc}\p{Cs}]+$/u;

const boolean: Check = (value, name) => accept(typeof value === 'boolean', name, value, 'true or false');
const whole =
  (min: number, max: number): Check =>
  (value, name) =>
    accept(
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      name,
      value,
      `a whole number from ${min} to ${max}`,
    );
const list =
  (item: Check, show = describe): Check =>
  (value, name) => {
    accept(Array.isArray(value), name, value, 'an array', show);
    (value as unknown[]).forEach((element, index) => item(element, `${name}[${index}]`));
  };
const fields =
  (checks: Readonly<Record<string, Check>>, show = describe): Check =>
  (value, name) => {
    accept(isObject(value) && !Array.isArray(value), name, value, 'an object', show);
    for (const [key, field] of Object.entries(value)) {
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      const path = name === '' ? key : `${name}.${key}`;
      if (!check)
        throw new LogConsoleOptionsError(
          `LogConsoleModule: unknown option ${path}; accepted: ${Object.keys(checks).join(', ')}.`,
        );
      if (field !== undefined) check(field, path);
    }
  };

const isFunction: Check = (value, name) => accept(typeof value === 'function', name, value, 'a function');
const role: Check = (value, name) => accept(isRole(value), name, value, ROLES.join(', '));
const logger: Check = (value, name) =>
  accept(
    value === false ||
      (isObject(value) && ['log', 'error', 'warn'].every((method) => typeof value[method] === 'function')),
    name,
    value,
    'a LoggerService (with log, error and warn), or false',
  );
const guard: Check = (value, name) =>
  accept(
    typeof value === 'function' || (isObject(value) && typeof value.canActivate === 'function'),
    name,
    value,
    'a guard class or a guard',
  );
const origin: Check = (value, name) =>
  accept(
    typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value,
    name,
    value,
    'an origin such as "https://ops.example.com"',
  );

const personName: Check = (value, name) =>
  accept(
    typeof value === 'string' && value.length <= 64 && NAME.test(value),
    name,
    value,
    'a text of 1 to 64 characters, none of them a control character',
    describeSecret,
  );
/** Whatever stands where a token belongs may be one: the messages show none of it. */
const token: Check = (value, name) => {
  fields({ token: checkToken, name: personName, role }, describeSecret)(value, name);
  for (const key of ['token', 'name', 'role'])
    if ((value as Record<string, unknown>)[key] === undefined)
      accept(false, `${name}.${key}`, undefined, 'a value');
};

const signInUrl: Check = (value, name) =>
  accept(
    typeof value === 'string' && SIGN_IN_URL.test(value),
    name,
    value,
    'a path such as "/login", or an address that begins with https:// or http://',
  );

const EXTRAS: Readonly<Record<keyof LogConsoleExtras, Check>> = {
  path: (value, name) =>
    accept(
      typeof value === 'string' && PATH.test(value.replace(/^\/|\/$/g, '')),
      name,
      value,
      'a path such as "ops/logs"',
    ),
  global: boolean,
  ui: (value, name) => {
    if (typeof value === 'boolean') return;
    accept(isObject(value) && !Array.isArray(value), name, value, 'true, false, or an object with signInUrl');
    fields({ signInUrl })(value, name);
  },
  openapi: boolean,
  decorators: list(isFunction),
};

const keyName: Check = (value, name) =>
  accept(
    typeof value === 'string' && /[A-Za-z0-9]{3}/.test(value) && value.length <= 64,
    name,
    value,
    'the name of a key: 3 to 64 characters, three letters or digits together among them',
  );
const pattern: Check = (value, name) =>
  accept(
    value instanceof RegExp && !new RegExp(value.source, value.flags.replace(/[gy]/g, '')).test(''),
    name,
    value,
    'a regular expression that does not match the empty text',
  );
const redaction = fields({
  keys: list(keyName),
  patterns: list(pattern),
  allow: list(keyName),
  env: boolean,
});

const path: Check = (value, name) =>
  accept(
    typeof value === 'string' && value !== '' && value.length <= 4096 && !value.includes('\0'),
    name,
    value,
    'a path',
  );
const anyFile: Readonly<Record<keyof FileOptions & keyof DirectoryOptions, Check>> = {
  // No ~ in it: that stands between the id of a directory and the path of a file.
  id: (value, name) =>
    accept(
      typeof value === 'string' && /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/.test(value),
      name,
      value,
      'a name of 1 to 64 of A-Z a-z 0-9 . _ -',
    ),
  name: (value, name) =>
    accept(
      typeof value === 'string' && value.length <= 64 && NAME.test(value),
      name,
      value,
      'a text of 1 to 64 characters, none of them a control character',
    ),
  format: (value, name) =>
    accept((FORMAT_NAMES as readonly unknown[]).includes(value), name, value, FORMAT_NAMES.join(', ')),
  maxLineBytes: whole(1024, 16 * 1024 ** 2),
};
const FILE: Readonly<Record<keyof FileOptions, Check>> = { ...anyFile, path };
const DIRECTORY: Readonly<Record<keyof DirectoryOptions, Check>> = {
  ...anyFile,
  directory: path,
  match: (value, name) => accept(typeof value === 'string' && isGlob(value), name, value, GLOB_GRAMMAR),
};
const file: Check = (value, name) => {
  accept(isObject(value) && !Array.isArray(value), name, value, 'an object');
  const { path: one, directory } = value;
  if ((one === undefined) === (directory === undefined))
    refuse(
      name,
      one === undefined ? 'without a place' : 'one with two places',
      'path or directory, one of them',
    );
  fields(directory === undefined ? FILE : DIRECTORY)(value, name);
  if (value.id === undefined) accept(false, `${name}.id`, undefined, 'a value');
};

const sinkName: Check = (value, name) =>
  accept(
    typeof value === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(value),
    name,
    value,
    'a name of 1 to 64 of A-Z a-z 0-9 _ . -',
  );
const level: Check = (value, name) =>
  accept(typeof value === 'string' && parseLevels(value) !== undefined, name, value, LEVEL_GRAMMAR);
/** More would not be looked through by anybody. */
const MAX_LEVELS = 200;
const levels: Check = (value, name) => {
  accept(isObject(value) && !Array.isArray(value), name, value, 'an object');
  const given = Object.entries(value);
  if (given.length > MAX_LEVELS)
    refuse(name, `a table of ${given.length} contexts`, `at most ${MAX_LEVELS} contexts`);
  for (const [context, lowest] of given) {
    accept(isContextName(context), `${name}: a context`, context, CONTEXT_GRAMMAR);
    accept(isLevel(lowest), `${name}["${context}"]`, lowest, LOG_LEVELS.join(', '));
  }
};
const contextName: Check = (value, name) =>
  accept(
    typeof value === 'string' && /^[^*]+\*?$|^\*$/.test(value),
    name,
    value,
    'the name of a context, or the beginning of one and *',
  );
/** Methods and fields may stand in a class: what is not known is not looked at. */
const sink: Check = (value, name) => {
  accept(
    isObject(value) && typeof value.write === 'function',
    name,
    value,
    'a destination: an object with name and write, as fileSink() makes',
  );
  sinkName(value.name, `${name}.name`);
  if (value.level !== undefined) level(value.level, `${name}.level`);
  if (value.context !== undefined) list(contextName)(value.context, `${name}.context`);
  const { batch, immediate, close, previousRun } = value;
  if (immediate !== undefined) boolean(immediate, `${name}.immediate`);
  if (close !== undefined) isFunction(close, `${name}.close`);
  if (previousRun !== undefined) isFunction(previousRun, `${name}.previousRun`);
  if (batch !== undefined)
    fields({ entries: whole(1, 100_000), bytes: whole(1024, 64 * 1024 ** 2), delayMs: whole(0, 3_600_000) })(
      batch,
      `${name}.batch`,
    );
};
/** Headers that HTTP itself, or what stands between, gives a meaning to. */
const OTHERS_HEADER =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|via|date|age|vary|etag|location|server|allow|range|if-.*|accept.*|access-.*|content-.*|cache-control|pragma|expires|cookie.*|set-cookie.*|.*auth.*|proxy-.*|sec-.*|origin|referer|user-agent|forwarded|x-forwarded-.*|traceparent|tracestate|x-log-console|last-event-id)$/i;
const headerName: Check = (value, name) =>
  accept(
    typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value) && !OTHERS_HEADER.test(value),
    name,
    value,
    'the name of a header of its own, such as "x-request-id"',
  );
const requests = fields({ header: headerName });

/** What Nest's own `forRootAsync` takes. */
const ASYNC_FIELDS = [
  'imports',
  'inject',
  'useFactory',
  'useClass',
  'useExisting',
  'provideInjectionTokensFrom',
];

const OPTIONS: Readonly<Record<keyof LogConsoleOptions, Check>> = {
  capacity: whole(1, 10_000_000),
  maxBytes: whole(1024, 4 * 1024 ** 3),
  level,
  levels,
  attach: boolean,
  forward: logger,
  capture: fields({ console: boolean, process: boolean }),
  access: fields(
    {
      guards: list(guard),
      role: isFunction,
      tokens: list(token, describeSecret),
      abilities: fields(Object.fromEntries(ABILITIES.map((ability) => [ability, role]))),
      origins: list(origin),
    },
    describeSecret,
  ),
  redact: (value, name) => {
    if (value !== false) redaction(value, name);
  },
  files: list(file),
  store: (value, name) =>
    accept(
      isObject(value) &&
        ['attach', 'append', 'read', 'close'].every((method) => typeof value[method] === 'function'),
      name,
      value,
      'a shared store such as new RedisStore({ url })',
    ),
  sinks: list(sink),
  operations: fields({
    keep: whole(1, 10_000),
    entries: whole(1, 1_000_000),
    maxBytes: whole(1024, 4 * 1024 ** 3),
  }),
  requests: (value, name) => {
    if (value !== false) requests(value, name);
  },
  enrich: isFunction,
  captureOwnRequests: boolean,
  limits: fields({
    streamsPerUser: whole(1, 100_000),
    streamsPerProcess: whole(1, 100_000),
    entryBytes: whole(1024, 16 * 1024 ** 2),
  }),
  instance: (value, name) =>
    accept(
      typeof value === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(value),
      name,
      value,
      'a name of 1 to 64 of A-Z a-z 0-9 _ . -',
    ),
};

/** Throws a {@link LogConsoleOptionsError} for the first wrong option of `forRoot`. */
export function checkOptions(options: LogConsoleOptions & LogConsoleExtras): void {
  fields({ ...OPTIONS, ...EXTRAS })(options, '');
  checkNames(options);
}

/** The same for what a factory of `forRootAsync` returns: the extras cannot come from there. */
export function checkFactoryOptions(options: LogConsoleOptions): void {
  fields(OPTIONS)(options, '');
  checkNames(options);
}

/** The same for `forRootAsync` itself: the extras stand beside the factory, the options come from it. */
export function checkAsyncOptions(options: object): void {
  const ours = Object.entries(options).filter(([name]) => !ASYNC_FIELDS.includes(name));
  fields(EXTRAS)(Object.fromEntries(ours), '');
}

/** What the checks of single options do not see: names that are given twice. */
function checkNames(options: LogConsoleOptions): void {
  const tokens = options.access?.tokens ?? [];
  const twice = firstTwice(tokens.map(({ name }) => name));
  if (twice !== undefined)
    refuse('access.tokens', `two tokens named "${twice}"`, 'a name of its own for each token');
  if (firstTwice(tokens.map((known) => known.token)) !== undefined)
    refuse('access.tokens', 'one token under two names', 'a token of its own for each name');
  const file = firstTwice((options.files ?? []).map(({ id }) => id));
  if (file !== undefined) refuse('files', `two with the id "${file}"`, 'an id of its own for each of them');
  const name = firstTwice((options.sinks ?? []).map((each) => each.name));
  if (name !== undefined) refuse('sinks', `two named "${name}"`, 'a name of its own for each of them');
}

/** Throws when the token in the environment is too short. */
export function checkTokenVariable(value: string | undefined): void {
  if (value !== undefined && value !== '') checkToken(value, TOKEN_VARIABLE);
}

function checkToken(value: unknown, name: string): void {
  accept(
    typeof value === 'string' &&
      value.length >= MIN_TOKEN &&
      value.length <= MAX_TOKEN &&
      /^\S+$/.test(value),
    name,
    value,
    `at least ${MIN_TOKEN} characters without spaces, at most ${MAX_TOKEN} (openssl rand -base64 32 makes one)`,
    describeSecret,
  );
}

function accept(
  passed: boolean,
  name: string,
  value: unknown,
  accepted: string,
  show = describe,
): asserts passed {
  if (!passed) refuse(name, show(value), accepted);
}

function refuse(name: string, given: string, accepted: string): never {
  const what = name === '' ? 'the options are' : `option ${name} is`;
  throw new LogConsoleOptionsError(`LogConsoleModule: ${what} ${given}; accepted: ${accepted}.`);
}

function describe(value: unknown): string {
  // A URL may hold a password.
  if (typeof value === 'string') return `"${value.replace(/\/\/.*@/s, '//…@').slice(0, 80)}"`;
  if (isObject(value)) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/** Of what may be a secret: how long it is. */
function describeSecret(value: unknown): string {
  return typeof value === 'string' ? `a text of ${value.length} characters` : describe(value);
}

function firstTwice(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

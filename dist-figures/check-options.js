import { ABILITIES, isRole, ROLES } from './access/roles.js';
import { TOKEN_VARIABLE } from './access/access-mode.js';
import { LEVEL_GRAMMAR, parseLevels } from './domain/log-level.js';
/** A wrong option: the message names it, what was given (never a secret) and what is accepted. */
export class LogConsoleOptionsError extends Error {
    constructor() {
        super(...arguments);
        /** Says what it is, where classes are not shared. */
        this.name = 'LogConsoleOptionsError';
    }
}
const MIN_TOKEN = 32;
const MAX_TOKEN = 1024;
/** Segments of plain characters; `.` and `..` a browser would take out of the address. */
const PATH = /^(?!\.{1,2}(\/|$))[A-Za-z0-9_~.-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_~.-]+)*$/;
/** No control characters, and nothing a cookie cannot hold. */
const NAME = /^[^\p{Cc}\p{Cs}]+$/u;
const boolean = (value, name) => accept(typeof value === 'boolean', name, value, 'true or false');
const whole = (min, max) => (value, name) => accept(Number.isInteger(value) && value >= min && value <= max, name, value, `a whole number from ${min} to ${max}`);
const list = (item, show = describe) => (value, name) => {
    accept(Array.isArray(value), name, value, 'an array', show);
    value.forEach((element, index) => item(element, `${name}[${index}]`));
};
const fields = (checks, show = describe) => (value, name) => {
    accept(isObject(value) && !Array.isArray(value), name, value, 'an object', show);
    for (const [key, field] of Object.entries(value)) {
        const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
        const path = name === '' ? key : `${name}.${key}`;
        if (!check)
            throw new LogConsoleOptionsError(`LogConsoleModule: unknown option ${path}; accepted: ${Object.keys(checks).join(', ')}.`);
        if (field !== undefined)
            check(field, path);
    }
};
const isFunction = (value, name) => accept(typeof value === 'function', name, value, 'a function');
const role = (value, name) => accept(isRole(value), name, value, ROLES.join(', '));
const logger = (value, name) => accept(value === false ||
    (isObject(value) && ['log', 'error', 'warn'].every((method) => typeof value[method] === 'function')), name, value, 'a LoggerService (with log, error and warn), or false');
const guard = (value, name) => accept(typeof value === 'function' || (isObject(value) && typeof value.canActivate === 'function'), name, value, 'a guard class or a guard');
const origin = (value, name) => accept(typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value, name, value, 'an origin such as "https://ops.example.com"');
const personName = (value, name) => accept(typeof value === 'string' && value.length <= 64 && NAME.test(value), name, value, 'a text of 1 to 64 characters, none of them a control character', describeSecret);
/** Whatever stands where a token belongs may be one: the messages show none of it. */
const token = (value, name) => {
    fields({ token: checkToken, name: personName, role }, describeSecret)(value, name);
    for (const key of ['token', 'name', 'role'])
        if (value[key] === undefined)
            accept(false, `${name}.${key}`, undefined, 'a value');
};
const EXTRAS = {
    path: (value, name) => accept(typeof value === 'string' && PATH.test(value.replace(/^\/|\/$/g, '')), name, value, 'a path such as "ops/logs"'),
    global: boolean,
    ui: boolean,
    openapi: boolean,
    decorators: list(isFunction),
};
const keyName = (value, name) => accept(typeof value === 'string' && /[A-Za-z0-9]{3}/.test(value) && value.length <= 64, name, value, 'the name of a key: 3 to 64 characters, three letters or digits together among them');
const pattern = (value, name) => accept(value instanceof RegExp && !new RegExp(value.source, value.flags.replace(/[gy]/g, '')).test(''), name, value, 'a regular expression that does not match the empty text');
const redaction = fields({
    keys: list(keyName),
    patterns: list(pattern),
    allow: list(keyName),
    env: boolean,
});
/** What Nest's own `forRootAsync` takes. */
const ASYNC_FIELDS = [
    'imports',
    'inject',
    'useFactory',
    'useClass',
    'useExisting',
    'provideInjectionTokensFrom',
];
const OPTIONS = {
    capacity: whole(1, 10_000_000),
    maxBytes: whole(1024, 4 * 1024 ** 3),
    level: (value, name) => accept(typeof value === 'string' && parseLevels(value) !== undefined, name, value, LEVEL_GRAMMAR),
    attach: boolean,
    forward: logger,
    capture: fields({ console: boolean, process: boolean }),
    access: fields({
        guards: list(guard),
        role: isFunction,
        tokens: list(token, describeSecret),
        abilities: fields(Object.fromEntries(ABILITIES.map((ability) => [ability, role]))),
        origins: list(origin),
    }, describeSecret),
    redact: (value, name) => {
        if (value !== false)
            redaction(value, name);
    },
    limits: fields({
        streamsPerUser: whole(1, 100_000),
        streamsPerProcess: whole(1, 100_000),
        entryBytes: whole(1024, 16 * 1024 ** 2),
    }),
    instance: (value, name) => accept(typeof value === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(value), name, value, 'a name of 1 to 64 of A-Z a-z 0-9 _ . -'),
};
/** Throws a {@link LogConsoleOptionsError} for the first wrong option of `forRoot`. */
export function checkOptions(options) {
    fields({ ...OPTIONS, ...EXTRAS })(options, '');
    checkTokens(options);
}
/** The same for what a factory of `forRootAsync` returns: the extras cannot come from there. */
export function checkFactoryOptions(options) {
    fields(OPTIONS)(options, '');
    checkTokens(options);
}
/** The same for `forRootAsync` itself: the extras stand beside the factory, the options come from it. */
export function checkAsyncOptions(options) {
    const ours = Object.entries(options).filter(([name]) => !ASYNC_FIELDS.includes(name));
    fields(EXTRAS)(Object.fromEntries(ours), '');
}
function checkTokens(options) {
    const tokens = options.access?.tokens ?? [];
    const twice = firstTwice(tokens.map(({ name }) => name));
    if (twice !== undefined)
        refuse('access.tokens', `two tokens named "${twice}"`, 'a name of its own for each token');
    if (firstTwice(tokens.map((known) => known.token)) !== undefined)
        refuse('access.tokens', 'one token under two names', 'a token of its own for each name');
}
/** Throws when the token in the environment is too short. */
export function checkTokenVariable(value) {
    if (value !== undefined && value !== '')
        checkToken(value, TOKEN_VARIABLE);
}
function checkToken(value, name) {
    accept(typeof value === 'string' &&
        value.length >= MIN_TOKEN &&
        value.length <= MAX_TOKEN &&
        /^\S+$/.test(value), name, value, `at least ${MIN_TOKEN} characters without spaces, at most ${MAX_TOKEN} (openssl rand -base64 32 makes one)`, describeSecret);
}
function accept(passed, name, value, accepted, show = describe) {
    if (!passed)
        refuse(name, show(value), accepted);
}
function refuse(name, given, accepted) {
    const what = name === '' ? 'the options are' : `option ${name} is`;
    throw new LogConsoleOptionsError(`LogConsoleModule: ${what} ${given}; accepted: ${accepted}.`);
}
function describe(value) {
    // A URL may hold a password.
    if (typeof value === 'string')
        return `"${value.replace(/\/\/.*@/s, '//…@').slice(0, 80)}"`;
    if (isObject(value))
        return Array.isArray(value) ? 'an array' : 'an object';
    return typeof value === 'function' ? 'a function' : String(value);
}
/** Of what may be a secret: how long it is. */
function describeSecret(value) {
    return typeof value === 'string' ? `a text of ${value.length} characters` : describe(value);
}
function firstTwice(values) {
    return values.find((value, index) => values.indexOf(value) !== index);
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}

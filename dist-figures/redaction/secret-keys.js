/** Words that make a key secret wherever they stand in it, and what is shown instead of the value. */
const WORDS = {
    password: 'password',
    passwords: 'password',
    passwd: 'password',
    passphrase: 'password',
    passwort: 'password',
    kennwort: 'password',
    passcode: 'password',
    pwd: 'password',
    pass: 'password',
    pw: 'password',
    bindpw: 'password',
    rootpw: 'password',
    storepass: 'password',
    keypass: 'password',
    requirepass: 'password',
    masterauth: 'password',
    geheimnis: 'secret',
    zugangsdaten: 'credentials',
    secret: 'secret',
    secrets: 'secret',
    token: 'token',
    jwt: 'token',
    authorization: 'authorization',
    cookie: 'cookie',
    cookies: 'cookie',
    credential: 'credentials',
    credentials: 'credentials',
    creds: 'credentials',
    signature: 'signature',
    sig: 'signature',
    otp: 'code',
    totp: 'code',
    pin: 'code',
    cvv: 'code',
    cvc: 'code',
    pan: 'card',
    ssn: 'ssn',
    sid: 'session',
    sessid: 'session',
};
/** Words that do so together, in this order. */
const PAIRS = {
    'api key': 'key',
    apikey: 'key',
    'api keys': 'key',
    'access keys': 'key',
    'private keys': 'key',
    'secret keys': 'key',
    'access tokens': 'token',
    'refresh tokens': 'token',
    'session tokens': 'token',
    'auth tokens': 'token',
    'api tokens': 'token',
    'api schlüssel': 'key',
    'access key': 'key',
    'account key': 'key',
    'private key': 'key',
    'secret key': 'key',
    'encryption key': 'key',
    'signing key': 'key',
    'master key': 'key',
    'shared key': 'key',
    'storage key': 'key',
    'ssh key': 'key',
    'app key': 'key',
    'subscription key': 'key',
    'license key': 'key',
    'session id': 'session',
    'session key': 'session',
    'card number': 'card',
    'security code': 'code',
    'verification code': 'code',
    'one time code': 'code',
};
/** All of the above without what separates the words: `apikey`, `clientsecret`, `sessionid`. */
const JOINED = new Map(Object.entries(PAIRS).map(([words, kind]) => [words.replaceAll(' ', ''), kind]));
/** Endings by which a key in small letters alone is known: `dbpassword`, `accesstoken`. No short ones: `compass`. */
const ENDINGS = [
    'password',
    'passwd',
    'passphrase',
    'passwort',
    'kennwort',
    'zugangsschlüssel',
    'zugriffsschlüssel',
    'secret',
    'token',
    'apikey',
    'accesskey',
    'privatekey',
    'sessionid',
    'sessid',
];
/** Last words of keys that are about a secret and do not hold one: `token_count`, `passwordChangedAt`. */
const HARMLESS_ENDINGS = new Set(('count counts type types length len size expires expiry expiration expired at ttl in uri url ' +
    'endpoint name valid enabled disabled required policy reset changed updated created attempts ' +
    'strength min max limit used error errors exception remaining age algorithm alg status field ' +
    'fields version issuer budget usage manager provider service column label hint present missing ' +
    'exists verified confirmed mode format encoding source store guard strategy position index ' +
    'encoder hasher validator filter factory repository handler helper interceptor middleware ' +
    'resolver generator controller module dto entity form page screen component view input dialog ' +
    'flow ' +
    // Files: `token.service.ts:12:34`.
    'ts js mjs cjs tsx jsx json html css scss py go rb java kt php cs yml yaml toml md txt log').split(' '));
const MAX_KEY = 128;
const MAX_CACHED = 4096;
/** Knows the keys whose values are secrets: whole words inside a key, whatever its case and separators. */
export class SecretKeys {
    #kinds = new Map();
    #own;
    #allowed;
    /**
     * @param own more keys, as words (`badge number`, `badgeNumber`)
     * @param allowed keys that are not secret, whatever they are called
     */
    constructor(own = [], allowed = []) {
        this.#own = own.map((key) => ` ${wordsOf(key).join(' ')} `);
        this.#allowed = new Set(allowed.map((key) => wordsOf(key).join(' ')));
    }
    /** What the value of a key is to be called; undefined when it is no secret. Keys come again and again: it remembers. */
    kindOf(key) {
        const known = this.#kinds.get(key);
        if (known !== undefined || this.#kinds.has(key))
            return known;
        // A long one is looked at where it ends, and not kept.
        if (key.length > MAX_KEY)
            return this.#decide(key.slice(-MAX_KEY));
        const kind = this.#decide(key);
        // The keys may be somebody's input: what is remembered has a bound.
        if (this.#kinds.size >= MAX_CACHED)
            this.#kinds.clear();
        this.#kinds.set(key, kind);
        return kind;
    }
    #decide(key) {
        const words = wordsOf(key);
        const text = words.join(' ');
        if (words.length === 0 || this.#allowed.has(text))
            return undefined;
        if (this.#own.some((own) => ` ${text} `.includes(own)))
            return 'secret';
        if (words.length > 1 && HARMLESS_ENDINGS.has(words[words.length - 1]))
            return undefined;
        for (let index = words.length - 1; index >= 0; index--) {
            const word = words[index];
            const pair = index > 0 ? `${words[index - 1]} ${word}` : '';
            if (Object.hasOwn(PAIRS, pair))
                return PAIRS[pair];
            const three = index > 1 ? `${words[index - 2]} ${pair}` : '';
            if (Object.hasOwn(PAIRS, three))
                return PAIRS[three];
            if (Object.hasOwn(WORDS, word))
                return WORDS[word];
            const joined = JOINED.get(word);
            if (joined !== undefined)
                return joined;
            const ending = ENDINGS.find((end) => word.endsWith(end));
            if (ending !== undefined)
                return JOINED.get(ending) ?? WORDS[ending] ?? 'key';
        }
        return undefined;
    }
}
/** The words of a key, in small letters: `X-Api_Key`, `xApiKey` and `x.api.key` are `x`, `api`, `key`. */
function wordsOf(key) {
    return plain(key)
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .flatMap((word) => (word === '' ? [] : [word.replace(/\d+$/, '') || word]));
}
/** Wide letters as usual ones, and without what has no width: looks alike, and is meant alike. */
function plain(key) {
    return /^[\x20-\x7e]*$/.test(key) ? key : key.normalize('NFKC').replace(/\p{Cf}/gu, '');
}
/** A trigger has three letters: of a word of two, it is the word and what may end a key. */
function shortTriggers(word) {
    return [`${word}=`, `${word}"`];
}
/** Every word by which a secret key can be found in a text. */
export const KEY_TRIGGERS = [
    ...Object.keys(WORDS),
    ...Object.keys(PAIRS).map((words) => words.split(' ').findLast((word) => word.length > 2) ?? words),
    'apikey',
    'schlüssel',
    'code',
    ...shortTriggers('pw'),
];
/** What of a key of the host's can be found in a text. */
export function triggersOf(key) {
    const words = key.match(/[a-z0-9]{2,}/gi) ?? [];
    return words.flatMap((word) => (word.length > 2 ? [word] : shortTriggers(word)));
}

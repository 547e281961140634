import { isDigit } from './letters.js';
/** A secret with a format of its own, given by one sticky pattern; its first group, where there is one, is what is masked. */
class FormatRule {
    #pattern;
    #withPlaces;
    constructor(name, kind, triggers, pattern, where = {}) {
        this.name = name;
        this.kind = kind;
        this.triggers = triggers;
        this.where = where;
        this.#pattern = new RegExp(pattern.source, `${pattern.flags}y`);
        this.#withPlaces = new RegExp(pattern.source, `${pattern.flags}dy`);
    }
    find({ text, from }, at) {
        const { before, after } = this.where;
        const start = before ? at - before(text, at) : at;
        if (start < from)
            return undefined;
        this.#pattern.lastIndex = start;
        if (!this.#pattern.test(text))
            return undefined;
        if (after !== undefined && !text.slice(Math.max(0, at - NEAR), at).includes(after))
            return undefined;
        // Once more for the places of the groups: they cost more than the rest.
        this.#withPlaces.lastIndex = start;
        const indices = this.#withPlaces.exec(text)?.indices;
        const place = indices?.slice(1).find((group) => group) ?? indices?.[0];
        return place && { start: place[0], end: place[1], kind: this.kind, rule: this.name };
    }
}
const NEAR = 400;
/** Three parts, or as many as there are of one that was cut; also in base64 once more. */
const JWT = /(?<![\w-])(?:eyJ[\w-]{6,}(?:\.[\w-]*){1,4}|eyJ[\w-]{6,}(?=…)|ZXlK[\w-]{40,}={0,2})/;
/** A scheme and its value; the value has to look like one: "basic information" and "bearer token" do not. */
const SCHEME = /(?<![\w-])(?:Bearer|Token|ApiKey)\s{1,3}(?!(?:realm|error|error_description|scope)=)((?=[\w.~+/=-]{0,400}(?:[\d_~+/=-]|\.[\w-]))(?![a-z]+[.,:;]?(?:\s|$))[\w.~+/=-]{6,})/i;
const BASIC = /(?<![\w-])(?:Basic|Negotiate)\s{1,3}(?!(?:realm|charset)=)((?=[A-Za-z0-9+/=_-]{0,400}[A-Z0-9=])[A-Za-z0-9+/=_-]{6,})/;
const DIGEST = /(?<![\w-])Digest\s{1,3}((?:username|realm|nonce|uri|response|qop|algorithm|opaque|cnonce|nc)=[^\r\n]+)/i;
const CURL_USER = /(?:\s-u|--user)[ =]{0,3}["']?[^\s:"']{1,100}:([^\s"']+)/;
const WEB_HOOK = /(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9+/_-]{8,})|discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/([\d]+\/[\w-]{8,})|webhook\.office\.com\/webhookb2\/([\w@/-]{20,}))/;
const TELEGRAM = /(?<=bot|(?<![\w-]))(\d{6,12}:AA[\w-]{30,})/;
const MAXMIND = /(?<![A-Za-z0-9])([A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk)/;
const AZURE = /(?<![\w~.])([\w~.]{3}\dQ~[\w~.-]{30,})/;
const ATTACHED = / -p["']?([^\s"'-][^\s"']*)/;
const APART = / -[pa](?: {1,3}|=)?(?:"([^"\r\n]{1,200})"|'([^'\r\n]{1,200})'|([^\s"'-][^\s"']*))/;
const SQL_IDENTIFIED = /IDENTIFIED\s{1,3}(?:WITH\s{1,3}\S{1,60}\s{1,3})?(?:BY|AS)\s{1,3}(?:PASSWORD\s{1,3})?\\?['"]([^'"\\]+)/i;
const SQL_PASSWORD_FOR = /PASSWORD\s{1,3}FOR\s{1,3}\S{1,100}\s{0,3}=\s{0,3}(?:PASSWORD\()?\\?['"]([^'"\\]+)/i;
const SMTP = /(?<![\w-])AUTH (?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5) ([A-Za-z0-9+/]{8,}={0,2})/;
/** Name and password in base64, as npm and docker keep them. */
const AUTH_FIELD = /(?<=["_])auth\\{0,4}["']?\s{0,2}[=:]\s{0,2}\\{0,4}["']?((?=[A-Za-z0-9+/]{0,200}[A-Z0-9=])[A-Za-z0-9+/]{12,}={0,2})/;
const ORACLE = /jdbc:oracle:\w{1,20}:[^\s/@:]{1,64}\/([^\s@]{1,128})@/i;
const PUTTY = /Private-Lines: \d{1,3}((?:\s|\\[rn])(?:[A-Za-z0-9+/=]|\s(?!Private-)|\\[rn](?!Private-))+)/;
const AIRTABLE = /(?<![\w-])(pat[A-Za-z0-9]{14}\.[a-f0-9]{40,})/;
function digitsBefore(text, at) {
    let count = 0;
    while (count < 13 && isDigit(text.charCodeAt(at - count - 1)))
        count++;
    return count;
}
/** A JSON Web Token: before all that may begin like one. */
export const JWT_RULE = new FormatRule('jwt', 'jwt', ['eyJ', 'ZXl'], JWT);
/** Other secrets with a format of their own; a name beside them comes first. */
export const FORMAT_RULES = [
    new FormatRule('scheme', 'authorization', ['bearer', 'token', 'apikey'], SCHEME),
    new FormatRule('scheme', 'authorization', ['Basic', 'Negotiate'], BASIC),
    new FormatRule('scheme', 'authorization', ['Digest'], DIGEST),
    new FormatRule('curl-user', 'password', [' -u', '--user'], CURL_USER, { after: 'curl' }),
    new FormatRule('command-line', 'password', [' -p'], ATTACHED, { after: 'mysql' }),
    new FormatRule('command-line', 'password', [' -p'], APART, { after: 'sshpass' }),
    new FormatRule('command-line', 'password', [' -p'], APART, { after: 'docker login' }),
    new FormatRule('command-line', 'password', [' -a'], APART, { after: 'redis-cli' }),
    new FormatRule('sql', 'password', ['identified'], SQL_IDENTIFIED),
    new FormatRule('sql', 'password', ['password'], SQL_PASSWORD_FOR),
    new FormatRule('smtp-auth', 'credentials', ['AUTH'], SMTP),
    new FormatRule('auth-field', 'credentials', ['auth'], AUTH_FIELD),
    new FormatRule('oracle', 'password', ['jdbc:oracle'], ORACLE),
    new FormatRule('putty', 'private-key', ['private-lines'], PUTTY),
    new FormatRule('airtable', 'token', ['pat'], AIRTABLE),
    new FormatRule('web-hook', 'web-hook', ['hooks.slack', 'discord', 'webhook.office'], WEB_HOOK),
    new FormatRule('telegram-token', 'token', [':AA'], TELEGRAM, { before: digitsBefore }),
    new FormatRule('maxmind-key', 'key', ['_mmk'], MAXMIND, { before: () => 36 }),
    new FormatRule('azure-secret', 'secret', ['0Q~'], AZURE, { before: () => 3 }),
];

import { isError, safeText, threwText } from './safe-text.js';
import { redactText } from './redact-text.js';
import { cutToBytes, utf8Length } from './utf8.js';
const MAX_DEPTH = 8;
const MAX_KEYS = 200;
const MAX_KEY_LENGTH = 1000;
/** Shared references multiply: 200 keys on 8 levels would be 10^18 values. */
const MAX_VALUES = 20_000;
/** What keys and numbers may take beyond the limit, so that texts after a long one still say how much was cut. */
const OVERDRAFT = 16 * 1024;
const BOXES = [Number, String, Boolean, BigInt, Symbol];
/**
 * Turns any value into JSON text in one pass, reading each property once; never throws.
 *
 * Depth ≤ 8 (the value itself is 1, deeper: `[Depth]`), ≤ 200 keys or items per level (then `+N keys`; after 20,000
 * values at once), cycles are `[Circular]`, what throws is `[Threw: …]`. A Map is an array of pairs, a Set an array;
 * BigInt, Symbol, NaN, infinities and invalid dates are their text, undefined is `[undefined]`, a function
 * `[Function: name]`, a Buffer `<Buffer 68 69>`, an Error its name, message, stack, own properties and cause. Texts are
 * cut once the limit is reached.
 * @param maxBytes about how much JSON to make
 * @param maxKeys keys or items per level
 * @param original the object that the value is a copy of: within the value, it is a cycle
 * @param redactor masks secrets in texts, and whatever stands under a secret key, before anything is cut
 */
export function toJsonText(value, maxBytes, maxKeys = MAX_KEYS, original, redactor) {
    const writer = new JsonWriter(maxBytes, maxKeys, original, redactor);
    const json = writer.write(value, 1);
    return { json, dropped: writer.dropped };
}
class JsonWriter {
    #left;
    #values;
    #maxKeys;
    #path;
    #redactor;
    constructor(maxBytes, maxKeys, original, redactor) {
        this.dropped = 0;
        this.#values = 0;
        this.#left = maxBytes;
        this.#maxKeys = maxKeys;
        this.#path = original ? [original] : [];
        this.#redactor = redactor;
    }
    write(value, depth) {
        this.#values++;
        switch (typeof value) {
            case 'string':
                return this.#text(value);
            case 'number':
                this.#left -= 4;
                if (!Number.isFinite(value))
                    return `"${String(value)}"`;
                if (this.#redactor && mayBeCard(value))
                    return this.#redacted(value, this.#redactor);
                return value === 0 && Object.is(value, -0) ? '-0' : String(value);
            case 'boolean':
                this.#left -= 4;
                return value ? 'true' : 'false';
            case 'undefined':
                return '"[undefined]"';
            case 'object':
                return value === null ? 'null' : this.#object(value, depth);
            case 'function':
                return this.#text(nameOfFunction(value));
            default:
                return this.#text(String(value));
        }
    }
    #redacted(value, redactor) {
        const text = redactor.text(String(value));
        return text === String(value) ? text : JSON.stringify(text);
    }
    #text(given) {
        const { text, dropped } = this.#redactor
            ? redactText(this.#redactor, given, Math.max(0, this.#left))
            : { text: given, dropped: 0 };
        this.dropped += dropped;
        if (isPlain(text) && text.length <= this.#left) {
            this.#left -= text.length;
            return `"${text}"`;
        }
        const bytes = utf8Length(text);
        if (bytes <= this.#left) {
            this.#left -= bytes;
            return JSON.stringify(text);
        }
        const cut = cutToBytes(text, Math.max(0, this.#left));
        const kept = utf8Length(cut);
        this.dropped += bytes - kept;
        this.#left -= kept;
        return JSON.stringify(cut);
    }
    /** No more values: there were too many, or the limit is long reached. */
    #isFull() {
        return this.#values > MAX_VALUES || this.#left < -OVERDRAFT;
    }
    #object(value, depth) {
        // The path is longer than the depth where a toJSON returns an object, which may have a toJSON of its own.
        if (depth > MAX_DEPTH || this.#path.length >= 2 * MAX_DEPTH)
            return '"[Depth]"';
        if (this.#path.includes(value))
            return '"[Circular]"';
        this.#path.push(value);
        try {
            return this.#structure(value, depth);
        }
        catch (error) {
            return this.#text(threwText(error));
        }
        finally {
            this.#path.pop();
        }
    }
    #structure(value, depth) {
        const prototype = Object.getPrototypeOf(value);
        const plain = prototype === Object.prototype || prototype === null;
        if (!plain) {
            const special = this.#special(value, depth);
            if (special !== undefined)
                return special;
        }
        const { toJSON } = value;
        if (typeof toJSON === 'function') {
            const replaced = toJSON.call(value, '');
            if (replaced !== value)
                return this.write(replaced, depth);
        }
        return this.#properties(value, Object.keys(value), depth);
    }
    /** The forms of objects that are more, or less, than their enumerable properties. */
    #special(value, depth) {
        if (Array.isArray(value))
            return this.#items(value, value.length, depth);
        switch (Object.prototype.toString.call(value)) {
            case '[object Date]': {
                const time = Number(value);
                return this.#text(Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString());
            }
            case '[object Map]':
                return this.#items(value, value.size, depth, true);
            case '[object Set]':
                return this.#items(value, value.size, depth);
            case '[object RegExp]':
                return this.#text(safeText(value));
            case '[object Promise]':
            case '[object WeakMap]':
            case '[object WeakSet]':
            case '[object WeakRef]':
                return `"${Object.prototype.toString.call(value)}"`;
        }
        if (BOXES.some((box) => value instanceof box))
            return this.write(value.valueOf(), depth);
        if (isError(value))
            return this.#error(value, depth);
        if (ArrayBuffer.isView(value))
            return this.#view(value, depth);
        return value instanceof ArrayBuffer ? this.#view(new Uint8Array(value), depth) : undefined;
    }
    #view(view, depth) {
        if (view instanceof DataView || view.constructor.name === 'Buffer') {
            const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
            const shown = Array.from(bytes.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
            const rest = bytes.length > 50 ? ` … ${bytes.length - 50} more bytes` : '';
            return this.#text(`<${view.constructor.name} ${shown}${rest}>`);
        }
        const numbers = view;
        return this.#items(numbers, numbers.length, depth);
    }
    #error(error, depth) {
        const own = Object.keys(error).filter((key) => !['name', 'message', 'stack', 'cause'].includes(key));
        const named = ['name', 'message', 'stack', ...own, ...('cause' in error ? ['cause'] : [])];
        return this.#properties(error, 'errors' in error && !own.includes('errors') ? [...named, 'errors'] : named, depth);
    }
    /** @param arePairs the items are `[key, value]`, of a Map */
    #items(items, size, depth, arePairs = false) {
        let text = '[';
        let count = 0;
        let key;
        for (const item of items) {
            if (count === this.#maxKeys || this.#isFull())
                break;
            // `[name, value]` pairs, and lists in which names and values take turns: `rawHeaders`.
            const kind = key === undefined || size % 2 === 1 ? undefined : this.#kindOfPair(key, item);
            if (count > 0)
                text += ',';
            if (arePairs)
                text += this.#pair(item, depth + 1);
            else
                text += kind === undefined ? this.write(item, depth + 1) : mask(kind);
            count++;
            key = this.#redactor && count % 2 === 1 && typeof item === 'string' ? item : undefined;
        }
        if (size > count)
            text += `${count === 0 ? '' : ','}"+${size - count} items"`;
        return `${text}]`;
    }
    #pair(pair, depth) {
        const [key] = pair;
        const kind = typeof key === 'string' ? this.#redactor?.key(key) : undefined;
        return kind === undefined ? this.write(pair, depth) : `[${this.write(key, depth + 1)},${mask(kind)}]`;
    }
    #kindOfPair(name, value) {
        // A list of names, `['password', 'email']`, is none of pairs.
        if (typeof value === 'string' && /^[a-z]{2,12}$/i.test(value))
            return undefined;
        return this.#redactor?.key(name);
    }
    #properties(value, keys, depth) {
        let text = '{';
        let count = 0;
        const named = this.#redactor && keys.includes('value') ? this.#kindOfNamed(value, keys, depth) : undefined;
        for (const key of keys) {
            if (count === this.#maxKeys || this.#isFull())
                break;
            text += (count === 0 ? '' : ',') + this.#key(key) + ':';
            if (key === named?.key)
                text += named.json;
            else
                text += this.#property(value, key, depth, key === 'value' ? named?.kind : undefined);
            count++;
        }
        if (keys.length > count)
            text += `${count === 0 ? '' : ','}"…":"+${keys.length - count} keys"`;
        return `${text}}`;
    }
    /** `{ name: 'password', value: … }`: the name, read once, and what the value is to be called. */
    #kindOfNamed(value, keys, depth) {
        const key = ['name', 'key', 'header', 'field'].find((name) => keys.includes(name));
        if (key === undefined)
            return undefined;
        try {
            const name = value[key];
            const kind = typeof name === 'string' ? this.#redactor?.key(name) : undefined;
            return { key, json: this.write(name, depth + 1), kind };
        }
        catch (error) {
            return { key, json: this.#text(threwText(error)), kind: undefined };
        }
    }
    #key(given) {
        // A key may hold what came from outside: a token by which something is looked up.
        const key = this.#redactor && given.length > 16 ? this.#redactor.text(given) : given;
        this.#left -= key.length;
        const shown = key.length > MAX_KEY_LENGTH ? `${cutToBytes(key, MAX_KEY_LENGTH)}…` : key;
        return isPlain(shown) ? `"${shown}"` : JSON.stringify(shown);
    }
    #property(value, key, depth, kindOfNamed) {
        let property;
        try {
            property = value[key];
        }
        catch (error) {
            return this.#text(threwText(error));
        }
        if (this.#redactor && property !== undefined && property !== null) {
            const kind = kindOfNamed ?? this.#redactor.key(key);
            if (kind !== undefined)
                return mask(kind);
        }
        return this.write(property, depth + 1);
    }
}
function mask(kind) {
    return `"[redacted:${kind}]"`;
}
/** An integer with as many digits as a card number has at least. */
export function mayBeCard(value) {
    return value >= 1e13 && Number.isSafeInteger(value);
}
/** True for short harmless texts, nearly all: their JSON needs no call into the JSON library. */
function isPlain(text) {
    if (text.length > 40)
        return false;
    for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0x7f)
            return false;
    }
    return true;
}
function nameOfFunction(value) {
    try {
        return `[Function: ${String(value.name) || '(anonymous)'}]`;
    }
    catch (error) {
        return threwText(error);
    }
}

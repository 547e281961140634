import { mayBeCard, toJsonText } from './to-json-text.js';
const MAX_KEYS = 32;
const MAX_TEXT = 4096;
/**
 * Copies a small plain object of primitives, the usual structured parameters of a log call, for about a tenth of what
 * its JSON would cost. Undefined for everything else: that has to be serialised at the call.
 * @returns the copy, and about how long its JSON will be; Infinity where the copy has to be serialised at the call, too,
 * because it holds objects or secrets, or is long. It stands for the object then: the getters have run, and are not asked again
 */
export function takeSnapshot(value, redactor) {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
        return undefined;
    // An own toJSON that cannot be enumerated would not be copied, and may be there to hide something.
    if ('toJSON' in value || Object.keys(value).length > MAX_KEYS)
        return undefined;
    // A getter runs here, once; what is looked at below is what it returned.
    const snapshot = { ...value };
    let size = 2;
    for (const key in snapshot) {
        const property = snapshot[key];
        if (typeof property === 'string')
            size += property.length;
        else if (typeof property === 'bigint' || typeof property === 'symbol')
            size += String(property).length;
        else if ((typeof property === 'object' && property !== null) || typeof property === 'function')
            return { snapshot, size: Infinity };
        size += key.length + 8;
        if (redactor && size !== Infinity && mayHoldSecret(redactor, key, property))
            size = Infinity;
    }
    return { snapshot, size: size > MAX_TEXT ? Infinity : size };
}
/** Its JSON is made at the call then, by the one who masks. Asks without counting: what is masked is counted there. */
function mayHoldSecret(redactor, key, value) {
    // `{ name: 'password', value: … }`, and a long key that may be a token itself.
    if (key === 'value' || key.length > 16 || redactor.isSecretKey(key))
        return true;
    if (typeof value === 'string')
        return redactor.finds(value);
    return typeof value === 'number' && mayBeCard(value) && redactor.finds(String(value));
}
/** The JSON of a snapshot. */
export function jsonOfSnapshot(snapshot) {
    return toJsonText(snapshot, Infinity).json;
}

/** True for errors of every realm, also where `instanceof` fails; false for what cannot even be looked at. */
export function isError(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    try {
        return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
    }
    catch {
        return false; // a revoked proxy
    }
}
/** What stands where reading a value threw: `[Threw: <the message>]`. */
export function threwText(error) {
    try {
        return `[Threw: ${String(isError(error) ? error.message : error)}]`;
    }
    catch {
        return '[Threw: an error that cannot be read]';
    }
}
/** `String(value)`, or what it threw. */
export function safeText(value) {
    try {
        return String(value);
    }
    catch (error) {
        return threwText(error);
    }
}

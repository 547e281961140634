/** Nest's six log levels, lowest first. */
export const LOG_LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
/** How a set of levels may be written, for error messages. */
export const LEVEL_GRAMMAR = `one of ${LOG_LEVELS.join(', ')}, a list like "warn,error", or a threshold like ">=warn" or ">warn"`;
/** The position of a level in {@link LOG_LEVELS}; -1 for anything else. Asked twice per line: a look-up costs 4 ns more. */
export function levelIndex(level) {
    switch (level) {
        case 'verbose':
            return 0;
        case 'debug':
            return 1;
        case 'log':
            return 2;
        case 'warn':
            return 3;
        case 'error':
            return 4;
        case 'fatal':
            return 5;
        default:
            return -1;
    }
}
/**
 * Reads a set of levels in Nest's spelling: `warn` (only warn), `warn,error`, `>=warn`, `>warn`.
 * Undefined when a name is unknown or the set is empty.
 */
export function parseLevels(text) {
    const threshold = /^>(=?)(\w+)$/.exec(text);
    if (threshold) {
        const index = levelIndex(threshold[2] ?? '');
        const levels = LOG_LEVELS.slice(threshold[1] === '=' ? index : index + 1);
        return index < 0 || levels.length === 0 ? undefined : levels;
    }
    const names = text.split(',');
    return names.every((name) => levelIndex(name) >= 0) ? names : undefined;
}

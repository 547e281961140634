/** A cursor of another epoch, or beyond the newest entry, where only a known place will do. */
export class UnknownCursorError extends Error {
    constructor() {
        super(...arguments);
        /** Says what it is, where classes are not shared. */
        this.name = 'UnknownCursorError';
    }
}
/** The injection token of the application's own log. */
export const LogStore = Symbol('LogStore');

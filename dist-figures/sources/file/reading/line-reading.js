import { entriesOf } from '../lines/entries-of.js';
/** How the lines of a file are read. */
export class LineReading {
    constructor(maxLineBytes, instance, parse, redact) {
        this.maxLineBytes = maxLineBytes;
        this.instance = instance;
        this.parse = parse;
        this.redact = redact;
    }
    entriesOf(lines) {
        return entriesOf(lines, this);
    }
}

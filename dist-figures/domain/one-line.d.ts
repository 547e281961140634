/** The JSON of data as a message of one line: a text without its quotes, and of what is long the beginning. */
export declare function oneLine(json: string): string;
/** The same of any value, of which no more is read than a line may need. */
export declare function oneLineOf(value: unknown): string;

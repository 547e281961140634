/** What a key that began above is given, so that the redactor's own rule masks it. */
export declare const KEY_BEGINS = "-----BEGIN PRIVATE KEY-----\n";
/** Whether a private key in PEM begins in a text and does not end there. */
export declare function leavesKeyOpen(text: string): boolean;
/** Whether a line may stand between the first and the last line of a key, or is the last. */
export declare function mayBeInKey(text: string): boolean;
/** Whether a private key ends in a line that may stand in one. */
export declare function endsKey(text: string): boolean;
/** Whether a line looks like a full one of a key, whatever stands above it. */
export declare function isFullKeyLine(text: string): boolean;
/**
 * Whether what is read begins within a key: with a full line of one, or with lines that lead to the end of one.
 * @param messageOf what a line says behind a time and a name, which are asked for where a key ends only
 */
export declare function beginsInKey(texts: readonly string[], messageOf: (text: string) => string): boolean;

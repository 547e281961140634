/** The UTF-8 length of a text in bytes, without making the bytes. */
export declare function utf8Length(text: string): number;
/**
 * The first characters of a text that fit into `maxBytes` of UTF-8, never half of one.
 * They are a copy: V8 keeps the whole parent of a slice alive (measured 202 MB against 31 MB).
 */
export declare function cutToBytes(text: string, maxBytes: number): string;

/** The text as it is read, without its colours. */
export declare function withoutColours(text: string): string;

/** What an object in JSON holds. */
export type Fields = Record<string, unknown>;
/** The object that a text is in JSON; undefined where it is none. Whole numbers too long to be exact are texts. */
export declare function parseObject(text: string): Fields | undefined;

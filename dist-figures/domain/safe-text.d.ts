/** True for errors of every realm, also where `instanceof` fails; false for what cannot even be looked at. */
export declare function isError(value: unknown): value is Error;
/** What stands where reading a value threw: `[Threw: <the message>]`. */
export declare function threwText(error: unknown): string;
/** `String(value)`, or what it threw. */
export declare function safeText(value: unknown): string;

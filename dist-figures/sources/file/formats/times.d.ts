/** Milliseconds as RFC 3339 in UTC; undefined where it has no such form. The part up to the second is made once per second. */
export declare function timeOfMs(ms: number): string | undefined;
/** A number since 1970 in whatever unit its size tells: seconds, milliseconds, microseconds or nanoseconds. */
export declare function timeOfNumber(value: number): string | undefined;
/** The parts of a date and a time; without an offset (minutes east of UTC) they are of this machine's zone. */
export declare function timeOfParts(year: number, month: number, day: number, clock: string, ms?: number, offset?: number): string | undefined;
/** RFC 3339 and what is like it: a blank for the T, a comma for the point, no zone. */
export declare function timeOfIso(text: string): string | undefined;
/** Minutes east of UTC of `Z`, `+0200` or `+02:00`. */
export declare function offsetOf(zone: string): number;
/** 1 to 12 of `Jan` to `Dec`; 0 for anything else. */
export declare function monthOf(name: string): number;

/** One way in which the files that were once written under a name are called. */
export interface RotationScheme {
    /** Whether a name is of this scheme. */
    readonly has: (name: string) => boolean;
    /** Compares two of its names: negative where the first is older. */
    readonly compare: (a: string, b: string) => number;
}
/**
 * How files are called that were once written under this name: `app.log.1`, `app.log-20261119`, `app.1.log`,
 * `app-2026-11-19.log`, `20261119-1011-01-app.log`; of one that counts up, `app.3.log`, those before it. Never a
 * compressed one.
 */
export declare function rotationSchemes(name: string): RotationScheme[];

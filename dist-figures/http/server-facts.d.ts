/** What is told about the application, once somebody is signed in. */
export interface ServerFacts {
    /** Name and version of the host application, from the package.json it was started beside. */
    readonly name: string;
    readonly version: string;
    readonly instance: string;
    readonly startedAt: string;
    readonly timeZone: string;
}
/** The injection token of {@link ServerFacts}. */
export declare const ServerFacts: unique symbol;
export declare function readServerFacts(instance: string, directory?: string): ServerFacts;

import { type Role } from './roles.js';
/** Who sends a request. */
export interface Caller {
    readonly name: string;
    readonly role: Role;
    readonly address: string;
}
/** A request that was let in: who sent it, and how to ask again whether they may still read. */
export interface Admission {
    readonly caller: Caller;
    /** Resolves to the reason when the rights are gone; never rejects. */
    readonly recheck: () => Promise<'signed-out' | 'forbidden' | undefined>;
}
/** Keeps the admission of a request for its handler. */
export declare function admit(request: object, admission: Admission): void;
/** The admission of a request that passed the guard. */
export declare function admissionOf(request: object): Admission;

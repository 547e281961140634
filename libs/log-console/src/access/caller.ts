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

const admissions = new WeakMap<object, Admission>();

/** Keeps the admission of a request for its handler. */
export function admit(request: object, admission: Admission): void {
  admissions.set(request, admission);
}

/** The admission of a request that passed the guard. */
export function admissionOf(request: object): Admission {
  const admission = admissions.get(request);
  if (!admission) throw new Error('The request did not pass the guard.');
  return admission;
}

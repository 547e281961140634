/** One thing that happens in the warehouse now and then. */
export interface Step {
  /** How often, beside the other steps. */
  readonly weight: number;
  run(): unknown;
}

/** The injection token of all steps of the working day. */
export const STEPS = Symbol('STEPS');

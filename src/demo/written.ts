/** How many lines a demo request has logged. */
export interface Written {
  readonly written: number;
}

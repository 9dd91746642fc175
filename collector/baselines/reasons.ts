/** Replaced by the baseline work. */
export interface Reason {
  readonly code: string;
}

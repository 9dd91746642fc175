import type { AgencyLevel } from '../register/agency.ts';

/** Code that stands for no single agency in results. */
export const WHOLE_REGISTER = '';

/**
 * What a result is about, in the order in which results of one agency code follow each other: the whole register;
 * machines that belong to no agency of that day; all agencies of a level; one agency alone; one agency and everything
 * below it.
 */
export const RESULT_SCOPES = ['register', 'unassigned', 'level', 'agency', 'subtree'] as const;

/** One of {@link RESULT_SCOPES}. */
export type ResultScope = (typeof RESULT_SCOPES)[number];

/**
 * How much the figures rest on. Where machines are counted: machines reporting, of registered machines. Where agencies
 * or their declarations are counted: agencies of which the answer is known, of the agencies asked.
 */
export interface Coverage {
  readonly reportingCount: number;
  readonly registeredCount: number;
}

/** One indicator of one scope; the ratio is derived where it is shown. */
export interface IndicatorResult {
  readonly indicatorId: string;
  readonly scope: ResultScope;
  /** {@link WHOLE_REGISTER} unless the scope is `agency` or `subtree`. */
  readonly agencyCode: string;
  /** Level of the agency or of the scope `level`; empty for the whole register and for machines without an agency. */
  readonly level: AgencyLevel | '';
  /** Numerator: only what is known to be so. */
  readonly a: number;
  /** Denominator; of a share it is a + not counted + unknown. */
  readonly b: number;
  /** Units of which nobody knows whether they belong to a; of a share they are in b. */
  readonly unknownCount: number;
  /** Agencies that have a figure and are in a and b; 0 means that there is none. */
  readonly agencyCount: number;
  /** Agencies that never declared a number the figure needs. */
  readonly missingCount: number;
  /** Undefined when an agency with machines never declared how many computers it has. */
  readonly coverage: Coverage | undefined;
  /** Coverage is below the least of the set or not known, or a number is missing: not to be reported as final. */
  readonly isProvisional: boolean;
}

/** Tells whether coverage is enough for a final figure; of nothing registered there is nothing to miss. */
export function isCovered(coverage: Coverage | undefined, minimumCoverageRatio: number): boolean {
  if (coverage === undefined) return false;
  const { reportingCount, registeredCount } = coverage;
  return registeredCount === 0 || reportingCount / registeredCount >= minimumCoverageRatio;
}

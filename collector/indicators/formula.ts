import type { MachineKind } from '#shared/observations/hardware.ts';
import type { AgencyFigures, MachineGroup } from '../metrics/metric-family.ts';
import type { FormulaChoice } from './index-set.ts';

/** What is known of one agency. */
export interface FormulaInput {
  /** Groups of this agency only. */
  readonly groups: readonly MachineGroup[];
  readonly agency: AgencyFigures;
  /** Kinds the indicator counts. */
  readonly countedKinds: readonly MachineKind[];
}

/** A pair of counts; their ratio is derived where it is shown and never stored. */
export interface Figure {
  /** Numerator: only what was seen to be so. */
  readonly a: number;
  /** Denominator; unknown machines stay in it. */
  readonly b: number;
}

/** How a figure of one agency is computed; pure. */
export interface Formula<Id extends FormulaChoice['id'] = FormulaChoice['id']> {
  readonly id: Id;
  /** What a and b are, one sentence, for INDICATORS.md. */
  readonly describes: string;
  /** The figure; undefined when the register lacks the number it is a share of. */
  compute(input: FormulaInput, choice: Extract<FormulaChoice, { id: Id }>): Figure | undefined;
}

import type { MachineGroup, NetworkFigures, PlaceFigures } from '../metrics/metric-family.ts';
import type { RegisterState } from '../register/register-state.ts';
import type { ProductFlags } from './formula.ts';
import type { IndexSet } from './index-set.ts';
import type { IndicatorResult } from './indicator-result.ts';

/** Everything that indicators of a day are computed from: the same facts give the same results. */
export interface IndicatorFacts {
  readonly indexSet: IndexSet;
  /** Its day decides which definitions are in force. */
  readonly register: RegisterState;
  /** Of all machines, also of those whose agency is not in the register of that day; a desk sorts them by sortGroups. */
  readonly groups: readonly MachineGroup[];
  readonly networks: readonly NetworkFigures[];
  /** Sorted by agency; absent in what was sealed before places were known. */
  readonly places?: readonly PlaceFigures[];
  /** Flags of the antivirus catalogue, sorted by id. */
  readonly products: readonly ProductFlags[];
}

/** Indicators of a day with everything they were computed from, so that each figure can be followed to its units. */
export interface IndicatorSnapshot extends IndicatorFacts {
  /** The day, `yyyy-mm-dd`, Asia/Ho_Chi_Minh; the figures are those of its end, or of now when it is today. */
  readonly day: string;
  /** The instant, epoch milliseconds. */
  readonly atMs: number;
  /** As computeIndicators gives them for these facts, every scope. */
  readonly results: readonly IndicatorResult[];
}

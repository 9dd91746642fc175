import type { Baseline } from '../baselines/baseline.ts';
import type { IndexSet } from '../indicators/index-set.ts';
import type { AgencyFigures, MachineDetail, MachineGroup } from '../metrics/metric-family.ts';

/** Most machines the overview lists one by one. */
export const MOST_LISTED_MACHINES = 200;

/** A machine with the agency it belongs to. */
export interface OverviewMachine extends MachineDetail {
  readonly agencyCode: string;
}

/** Everything the overview shows; figures are computed from it by the page, with the same formulas as the metrics. */
export interface OverviewModel {
  /** Instant of the figures, epoch milliseconds. */
  readonly atMs: number;
  readonly baseline: Baseline;
  readonly indexSet: IndexSet;
  readonly agencies: readonly AgencyFigures[];
  readonly groups: readonly MachineGroup[];
  /** The machines one by one; undefined when there are more than {@link MOST_LISTED_MACHINES}. */
  readonly machines: readonly OverviewMachine[] | undefined;
}

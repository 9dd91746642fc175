import type { Baseline } from '../baselines/baseline.ts';
import type { IndicatorFacts } from '../indicators/indicator-snapshot.ts';
import type { MachineDetail } from '../metrics/metric-family.ts';

/** Most machines the overview lists one by one. */
export const MOST_LISTED_MACHINES = 200;

/** A machine with the agency it belongs to. */
export interface OverviewMachine extends MachineDetail {
  readonly agencyCode: string;
}

/** Everything the overview shows; figures are computed from it by the page, with the same formulas as the metrics. */
export interface OverviewModel extends IndicatorFacts {
  /** Instant of the figures, epoch milliseconds. */
  readonly atMs: number;
  readonly baseline: Baseline;
  /** Names of the networks for people, by id. */
  readonly networkNames: ReadonlyMap<string, string>;
  /** The machines one by one; undefined when there are more than {@link MOST_LISTED_MACHINES}. */
  readonly machines: readonly OverviewMachine[] | undefined;
  /** It holds what one agency may see and not the whole register; absent is no. */
  readonly isPart?: boolean;
}

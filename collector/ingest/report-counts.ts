import type { ReportCount } from '../metrics/metric-family.ts';
import type { ReportResult } from '../metrics/report-results.ts';

/** Counts what became of reports since the collector started. */
export class ReportCounts {
  readonly #counts = new Map<ReportResult, number>();

  /** Counts one report. */
  add(result: ReportResult): void {
    this.#counts.set(result, (this.#counts.get(result) ?? 0) + 1);
  }

  /** The counts so far, sorted by result. */
  list(): readonly ReportCount[] {
    return [...this.#counts]
      .map(([result, count]) => ({ result, count }))
      .toSorted((a, b) => (a.result < b.result ? -1 : 1));
  }
}

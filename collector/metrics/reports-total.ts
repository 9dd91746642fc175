import type { MetricFamily } from './metric-family.ts';
import { REPORT_RESULTS } from './report-results.ts';

/** Reports by how receiving them ended. */
export const reportsTotal: MetricFamily<'result'> = {
  metric: 'tramdo_reports_total',
  kind: 'counter',
  help: 'Reports received since the collector started, by result: accepted, duplicate (accepted before, no effect), or the code of the refusal.',
  labels: ['result'],
  seriesPerAgency: 0,
  async samples(source) {
    const counts = new Map<string, number>((await source.reportCounts()).map(({ result, count }) => [result, count]));
    return REPORT_RESULTS.map((result) => ({ labels: { result }, value: counts.get(result) ?? 0 }));
  },
};

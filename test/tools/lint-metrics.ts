import type { AnyMetricFamily } from '#collector/metrics/metric-family.ts';

/** Agencies a page of metrics must carry: design.md section 11 measures with 300. */
export const BUDGET_AGENCIES = 300;

/** Series of the whole page at {@link BUDGET_AGENCIES}: what one Prometheus scrapes every 15 s without noticing. */
export const SERIES_BUDGET = 150_000;

/** Labels of the target in Prometheus and its operator, and labels that hide a second metric. */
const FORBIDDEN_LABELS = new Set(['instance', 'job', 'endpoint', 'type', 'env', 'region']);

/** Words that say a unit which is not a base unit of Prometheus. */
const SCALED_UNIT =
  /_(?:ms|milliseconds|minutes|hours|days|kilobytes|kib|mib|megabytes|mbps|percent|percentage)(?:_|$)/;
const BASE_UNITS = ['seconds', 'bytes', 'ratio'];
const HISTOGRAM_ENDING = /_(?:count|sum|bucket)$/;

/** What of a family is looked at. */
export type LintedFamily = Pick<AnyMetricFamily, 'metric' | 'kind' | 'help' | 'labels' | 'seriesPerAgency'>;

/**
 * Names what is wrong with a family, one sentence each; empty when nothing is.
 *
 * promtool does not notice a missing prefix or unit, so this does.
 */
export function lintFamily(family: LintedFamily): string[] {
  return [...lintName(family), ...lintHelp(family), ...lintLabels(family)].map((text) => `${family.metric}: ${text}`);
}

/** Series of all families at {@link BUDGET_AGENCIES}. */
export function seriesAtBudget(families: readonly LintedFamily[]): number {
  return families.reduce((sum, { seriesPerAgency }) => sum + seriesPerAgency, 0) * BUDGET_AGENCIES;
}

function lintName({ metric, kind, help }: LintedFamily): string[] {
  const wrong: string[] = [];
  // Of a capacity the unit is bytes per second.
  const words = metric.replace(/_(total|per_second)$/, '').split('_');
  const unit = words.findIndex((word) => BASE_UNITS.includes(word));
  if (!metric.startsWith('tramdo_')) wrong.push('the name must begin with tramdo_');
  if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(metric)) wrong.push('the name must be snake_case');
  if (SCALED_UNIT.test(metric)) wrong.push('the unit must be a base unit: seconds, bytes, ratio');
  if (unit !== -1 && unit !== words.length - 1) wrong.push('the unit must be the last word');
  if (metric.endsWith('_total') !== (kind === 'counter'))
    wrong.push('_total belongs to counters, to all and only them');
  if (HISTOGRAM_ENDING.test(metric)) wrong.push('_count, _sum and _bucket belong to the series of histograms');
  if (/\bin seconds\b/i.test(help) && !words.includes('seconds')) wrong.push('the name must say the unit, seconds');
  if (/\bUnix time\b/i.test(help) && !metric.endsWith('_timestamp_seconds')) {
    wrong.push('an instant must end in _timestamp_seconds');
  }
  return wrong;
}

function lintHelp({ metric, help }: LintedFamily): string[] {
  const wrong: string[] = [];
  if (!/^[A-Z0-9][^\n]*[^.]\.$/.test(help) || /[.!?] +[A-Z]/.test(help)) {
    wrong.push('the help must be one sentence that ends in a full stop');
  }
  const words = help
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  if (metric.replaceAll('_', ' ').endsWith(words)) wrong.push('the help must say more than the name');
  return wrong;
}

function lintLabels({ kind, labels, seriesPerAgency }: LintedFamily): string[] {
  const wrong: string[] = [];
  for (const label of labels) {
    if (FORBIDDEN_LABELS.has(label)) wrong.push(`the label ${label} is taken by Prometheus or hides a second metric`);
    if (!/^[a-z][a-z_]*$/.test(label)) wrong.push(`the label ${label} must be snake_case`);
  }
  if (labels.length === 0 && kind !== 'histogram') {
    wrong.push('a family without a label shows 0 before anything is known');
  }
  if (labels.some((label) => label === 'agency') && seriesPerAgency <= 0) {
    wrong.push('seriesPerAgency must say how many series an agency causes');
  }
  return wrong;
}

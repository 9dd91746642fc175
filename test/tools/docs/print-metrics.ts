import { METRIC_FAMILIES } from '#collector/metrics/index.ts';
import { MACHINE_FAMILIES } from '#collector/metrics/machine-families.ts';
import { BUDGET_AGENCIES, seriesAtBudget } from '../lint-metrics.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

const HEAD = ['Metric', 'Kind', 'Labels', 'Meaning'];

/** Prints collector/METRICS.md from the registry of metric families. */
export function printMetrics(): string {
  const rows = METRIC_FAMILIES.map(({ metric, kind, labels, help, seriesPerAgency }) => [
    `\`${metric}\``,
    kind ?? 'gauge',
    labels.map((label) => `\`${label}\``).join(', '),
    help,
    String(seriesPerAgency),
  ]);
  const ofMachines = MACHINE_FAMILIES.map(({ metric, kind, labels, help, seriesPerMachine }) => [
    `\`${metric}\``,
    kind ?? 'gauge',
    labels.map((label) => `\`${label}\``).join(', '),
    help,
    seriesPerMachine === 'rules' ? 'one for each rule' : String(seriesPerMachine),
  ]);
  const series = seriesAtBudget(METRIC_FAMILIES).toLocaleString('en-US');
  return markdownDocument(
    'Metrics',
    'What `/metrics` shows, from `collector/metrics/`. The page grows with agencies and never with machines: at most ' +
      `${series} series with ${BUDGET_AGENCIES} agencies. A value that is not known is absent; it is never shown as 0.`,
    [
      markdownTable([...HEAD, 'Series per agency, at most'], rows),
      '## One agency, machine by machine',
      'What `/metrics/agencies/{code}` shows beside it; scrape it for the agencies that are looked at.',
      markdownTable([...HEAD, 'Series per machine, at most'], ofMachines),
    ],
  );
}

import type { ExpositionFormat } from './exposition-format.ts';
import type { AnyMetricFamily, Sample } from './metric-family.ts';

/** One sample; the ones of a histogram have names of their own. */
export interface FinishedSample extends Sample {
  /** Name of the sample where it is not the one of the metric. */
  readonly name?: string;
}

/** What ends a page. */
export const PAGE_END: Readonly<Record<ExpositionFormat, string>> = { prometheus: '', openmetrics: '# EOF\n' };

/**
 * Prints the two lines that stand before the samples of a family.
 *
 * Sources, for samples too: Prometheus text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats),
 * OpenMetrics 1.0 (the same site, specs/om/open_metrics_spec).
 */
export function printHead(
  { metric, help, kind = 'gauge' }: Pick<AnyMetricFamily, 'metric' | 'help' | 'kind'>,
  format: ExpositionFormat,
): string {
  // OpenMetrics names the family without the `_total` of its samples.
  const name = format === 'openmetrics' && kind === 'counter' ? metric.replace(/_total$/, '') : metric;
  return `# HELP ${name} ${printHelp(help, format)}\n# TYPE ${name} ${kind}\n`;
}

/** Prints samples, a line each with its end; they are the same in both formats. */
export function printSamples(metric: string, samples: readonly FinishedSample[]): string {
  let text = '';
  for (const { name = metric, labels, value } of samples)
    text += `${name}${printLabels(labels)} ${printValue(value)}\n`;
  return text;
}

/** The plain format keeps quotes in a help text as they are. */
function printHelp(help: string, format: ExpositionFormat): string {
  return format === 'openmetrics' ? escapeText(help) : help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function printLabels(labels: Sample['labels']): string {
  let text = '';
  for (const name of Object.keys(labels)) {
    text += `${text === '' ? '{' : ','}${name}="${escapeText(labels[name] ?? '')}"`;
  }
  return text === '' ? '' : `${text}}`;
}

function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

const NEEDS_ESCAPE = /[\\\n"]/;

function printValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value < 0 ? '-Inf' : '+Inf';
}

import type { ExpositionFormat } from './exposition-format.ts';
import type { AnyMetricFamily, Sample } from './metric-family.ts';

/** A family with finished samples. */
export interface FinishedFamily {
  readonly metric: string;
  /** One line of text. */
  readonly help: string;
  /** `gauge` when absent. */
  readonly kind?: AnyMetricFamily['kind'];
  readonly samples: readonly FinishedSample[];
}

/** One sample; the ones of a histogram have names of their own. */
export interface FinishedSample extends Sample {
  /** Name of the sample where it is not the one of the metric. */
  readonly name?: string;
}

/** What ends a page. */
export const PAGE_END: Readonly<Record<ExpositionFormat, string>> = { prometheus: '', openmetrics: '# EOF\n' };

/**
 * Prints a family with its last line ended; one without samples gives nothing, as a name without series would be shown
 * as a family that has none.
 *
 * Sources: Prometheus text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats), OpenMetrics 1.0 (the
 * same site, specs/om/open_metrics_spec).
 */
export function printFamily(family: FinishedFamily, format: ExpositionFormat): string {
  const { metric, help, kind = 'gauge', samples } = family;
  if (samples.length === 0) return '';
  // OpenMetrics names the family without the `_total` of its samples.
  const name = format === 'openmetrics' && kind === 'counter' ? metric.replace(/_total$/, '') : metric;
  let text = `# HELP ${name} ${printHelp(help, format)}\n# TYPE ${name} ${kind}\n`;
  for (const sample of samples) {
    text += `${sample.name ?? metric}${printLabels(sample.labels)} ${printValue(sample.value)}\n`;
  }
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

import type { RegistryContentType } from 'prom-client';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { assertNever } from '#shared/assert-never.ts';
import type { Baseline } from '../baselines/baseline.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import type { ProductFlags } from '../indicators/formula.ts';
import type { IndexSet } from '../indicators/index-set.ts';
import type { ExpositionFormat } from './exposition-format.ts';
import { expositionFormat } from './exposition-format.ts';
import { METRIC_FAMILIES } from './index.ts';
import { MACHINE_FAMILIES } from './machine-families.ts';
import type {
  AnyMetricFamily,
  HistogramCounts,
  HistogramFamily,
  MachineDetail,
  MetricFamily,
  MetricSource,
  MetricTerms,
  Sample,
} from './metric-family.ts';
import { shareAnswers } from './shared-source.ts';

/** One page for a scraper. */
export interface ExposedPage {
  /** Value of the header Content-Type. */
  readonly contentType: string;
  readonly body: string;
}

/** What the metrics page is made of. */
export interface ExpositionOptions {
  readonly source: MetricSource;
  /** Baseline in force: its rules are the ones shown, with zeros where nothing was judged. */
  readonly baseline: Baseline;
  /** Set of indicators in force. */
  readonly indexSet: IndexSet;
  /** Flags of the antivirus catalogue, sorted by id. */
  readonly products: readonly ProductFlags[];
  /** Families to show; {@link METRIC_FAMILIES} unless told. */
  readonly families?: readonly AnyMetricFamily[];
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** How long figures are served again before they are computed anew, in milliseconds; 5 s unless told. */
  readonly cacheMs?: number;
  /** Whether the collector's own process is shown too (`process_*`, `nodejs_*`); true unless told. */
  readonly includeProcess?: boolean;
  /** Told of a family that failed, for the log; the page shows 0 in `tramdo_metric_success`. */
  readonly onFailure?: (metric: string, error: unknown) => void;
}

/** Makes the pages. */
export interface Exposition {
  /** The page of the whole register, in the format the Accept header wants; it never rejects for a failing family. */
  render(accept: string | undefined): Promise<ExposedPage>;
  /** The page of one agency, a few series per machine; nothing is kept from one call to the next. */
  renderAgency(details: readonly MachineDetail[], accept: string | undefined): Promise<ExposedPage>;
}

type PromMetric = Gauge | Counter | Summary | Histogram;

/** What expose needs of a family, whether of the register or of a machine. */
type Described = Pick<AnyMetricFamily, 'metric' | 'help' | 'kind'>;

interface ComputedFamily {
  readonly family: Described;
  readonly values: readonly MetricValue[];
}

/** One object for all samples: prom-client caches what it makes of shared labels by identity, ours are none. */
const NO_SHARED_LABELS: Readonly<Record<string, string>> = {};

interface MetricValue {
  readonly sharedLabels?: typeof NO_SHARED_LABELS;
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Computation {
  readonly startedAtMs: number;
  readonly families: Promise<readonly ComputedFamily[]>;
  /** Rendered text by format, made when first asked for. */
  readonly texts: Map<ExpositionFormat, Promise<string>>;
}

const CONTENT_TYPES = {
  prometheus: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
} as const satisfies Record<ExpositionFormat, RegistryContentType>;

const SUCCESS: MetricFamily<'family'> = {
  metric: 'tramdo_metric_success',
  help: 'Whether the metric family could be computed for this scrape: 1 yes, 0 no and its series are absent.',
  labels: ['family'],
  seriesPerAgency: 0,
  samples: async () => [],
};

/** Gauges of prom-client's process metrics that are named like counters, which `promtool check metrics` refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * Makes the exposition of a collector: the only place that knows prom-client.
 *
 * All families are computed first, each on its own, so that one that fails takes only its own series away; overlapping
 * scrapes share one computation.
 */
export function createExposition(options: ExpositionOptions): Exposition {
  const { cacheMs = 5_000, includeProcess = true } = options;
  const processRegistries = new Map<ExpositionFormat, Registry<RegistryContentType>>();
  let current: Computation | undefined;

  function computation(): Computation {
    const nowMs = options.nowMs();
    // The clock may be set back; then the figures are computed anew, too.
    if (current !== undefined && Math.abs(nowMs - current.startedAtMs) < cacheMs) return current;
    current = { startedAtMs: nowMs, families: computeFamilies(options, nowMs), texts: new Map() };
    return current;
  }

  return {
    async render(accept) {
      const format = expositionFormat(accept);
      const { families, texts } = computation();
      const text = texts.get(format) ?? families.then((computed) => renderFamilies(computed, format));
      texts.set(format, text);
      const body = includeProcess ? joinPages(await text, await processPage(format, processRegistries)) : await text;
      return { contentType: CONTENT_TYPES[format], body };
    },
    async renderAgency(details, accept) {
      const format = expositionFormat(accept);
      const computed = MACHINE_FAMILIES.map((family) => ({ family, values: valuesOf(family.samples(details)) }));
      return { contentType: CONTENT_TYPES[format], body: await renderFamilies(computed, format) };
    },
  };
}

async function computeFamilies(options: ExpositionOptions, atMs: number): Promise<readonly ComputedFamily[]> {
  const { families = METRIC_FAMILIES, onFailure, baseline, indexSet, products } = options;
  const source = shareAnswers(options.source);
  const ruleIds = baseline.rules.map(({ ruleId }) => ruleId).toSorted();
  const terms = { ruleIds, indexSet, products, day: isoDateOf(atMs) };
  const outcomes = await Promise.all(
    families.map(async (family) => {
      try {
        return { family, values: await familyValues(family, source, terms) };
      } catch (error) {
        onFailure?.(family.metric, error);
        return { family, values: undefined };
      }
    }),
  );
  const success = outcomes.map(({ family, values }) => ({
    labels: { family: family.metric },
    value: values === undefined ? 0 : 1,
  }));
  const computed = outcomes.flatMap(({ family, values }) => (values === undefined ? [] : [{ family, values }]));
  return [...computed, { family: SUCCESS, values: success }];
}

async function familyValues(
  family: AnyMetricFamily,
  source: MetricSource,
  terms: MetricTerms,
): Promise<readonly MetricValue[]> {
  return family.kind === 'histogram'
    ? histogramValues(family, await family.counts(source))
    : valuesOf(await family.samples(source, terms));
}

function valuesOf(samples: readonly Sample[]): readonly MetricValue[] {
  return samples.map(({ labels, value }) => ({ labels, sharedLabels: NO_SHARED_LABELS, value }));
}

function histogramValues(family: HistogramFamily, counts: HistogramCounts): readonly MetricValue[] {
  const buckets = family.bucketsSeconds.map((bound, index) => ({
    metricName: `${family.metric}_bucket`,
    labels: { le: String(bound) },
    value: counts.cumulativeCounts[index] ?? 0,
  }));
  return [
    ...buckets,
    { metricName: `${family.metric}_bucket`, labels: { le: '+Inf' }, value: counts.count },
    { metricName: `${family.metric}_sum`, labels: {}, value: counts.sumSeconds },
    { metricName: `${family.metric}_count`, labels: {}, value: counts.count },
  ];
}

/** A fresh registry each time: prom-client drops `_total` from a counter's own name when it renders OpenMetrics. */
async function renderFamilies(computed: readonly ComputedFamily[], format: ExpositionFormat): Promise<string> {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(CONTENT_TYPES[format]);
  for (const one of computed) {
    // A name without series would be shown as a family that has none; it is left out whole.
    if (one.values.length > 0) registry.registerMetric(fixedMetric(one, format));
  }
  return registry.metrics();
}

/** Gives prom-client finished values instead of letting it keep state: nothing to reset, no 0 before the first value. */
function fixedMetric({ family, values }: ComputedFamily, format: ExpositionFormat): PromMetric {
  const { metric: name, help, kind: type = 'gauge' } = family;
  // OpenMetrics names the family without the `_total` of its samples.
  const familyName = format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name;
  const get = async () => ({ name: familyName, help, type, values });
  return Object.assign(emptyMetric(family), { get, getForPromString: get });
}

function emptyMetric(family: Described): PromMetric {
  const configuration = { name: family.metric, help: family.help, registers: [] };
  switch (family.kind) {
    case 'counter':
      return new Counter(configuration);
    case 'summary':
      return new Summary(configuration);
    case 'histogram':
      return new Histogram(configuration);
    case 'gauge':
    case undefined:
      return new Gauge(configuration);
    default:
      return assertNever(family.kind);
  }
}

async function processPage(
  format: ExpositionFormat,
  registries: Map<ExpositionFormat, Registry<RegistryContentType>>,
): Promise<string> {
  let registry = registries.get(format);
  if (registry === undefined) {
    registry = new Registry<RegistryContentType>();
    registry.setContentType(CONTENT_TYPES[format]);
    collectDefaultMetrics({ register: registry });
    for (const name of MISNAMED) registry.removeSingleMetric(name);
    registries.set(format, registry);
  }
  return registry.metrics();
}

/** OpenMetrics ends with one `# EOF`. */
function joinPages(first: string, second: string): string {
  return first.replace(/# EOF\n$/, '') + (first.endsWith('# EOF\n') ? second : `\n${second}`);
}

import type { RegistryContentType } from 'prom-client';
import { collectDefaultMetrics, Registry } from 'prom-client';
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
  MetricSource,
  MetricTerms,
} from './metric-family.ts';
import { type FinishedSample, PAGE_END, printHead, printSamples } from './print-family.ts';
import { shareAnswers } from './shared-source.ts';

/** One page for a scraper. */
export interface ExposedPage {
  /** Value of the header Content-Type. */
  readonly contentType: string;
  /** UTF-8. */
  readonly body: Buffer;
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

interface Computation {
  readonly startedAtMs: number;
  readonly families: Promise<readonly PrintedFamily[]>;
}

/** A family whose samples are printed at once, so that those of one family are gone when the next one makes its own. */
interface PrintedFamily {
  readonly family: Pick<AnyMetricFamily, 'metric' | 'help' | 'kind'>;
  readonly lines: Buffer;
}

const CONTENT_TYPES = {
  prometheus: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
} as const satisfies Record<ExpositionFormat, RegistryContentType>;

const SUCCESS = {
  metric: 'tramdo_metric_success',
  help: 'Whether the metric family could be computed for this scrape: 1 yes, 0 no and its series are absent.',
};

/** Gauges of prom-client's process metrics that are named like counters, which `promtool check metrics` refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * Makes the exposition of a collector: the only place that knows prom-client, which tells of the process.
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
    current = { startedAtMs: nowMs, families: computeFamilies(options, nowMs) };
    return current;
  }

  return {
    async render(accept) {
      const format = expositionFormat(accept);
      const families = await computation().families;
      const end = includeProcess ? await processPage(format, processRegistries) : PAGE_END[format];
      return { contentType: CONTENT_TYPES[format], body: pageOf(families, format, end) };
    },
    async renderAgency(details, accept) {
      const format = expositionFormat(accept);
      const families = MACHINE_FAMILIES.map((family) => printFamily(family, family.samples(details)));
      return { contentType: CONTENT_TYPES[format], body: pageOf(families, format, PAGE_END[format]) };
    },
  };
}

async function computeFamilies(options: ExpositionOptions, atMs: number): Promise<readonly PrintedFamily[]> {
  const { families = METRIC_FAMILIES, onFailure, baseline, indexSet, products } = options;
  const source = shareAnswers(options.source);
  const ruleIds = baseline.rules.map(({ ruleId }) => ruleId).toSorted();
  const terms = { ruleIds, indexSet, products, day: isoDateOf(atMs) };
  const outcomes = await Promise.all(
    families.map(async (family) => {
      try {
        return { family, outcome: printFamily(family, await familySamples(family, source, terms)) };
      } catch (error) {
        onFailure?.(family.metric, error);
        return { family, outcome: undefined };
      }
    }),
  );
  const success = outcomes.map(({ family, outcome }) => ({
    labels: { family: family.metric },
    value: outcome === undefined ? 0 : 1,
  }));
  return [...outcomes.flatMap(({ outcome }) => outcome ?? []), printFamily(SUCCESS, success)];
}

/** Each family is made bytes by itself: one name outside Latin-1 doubles the memory of the text it is in. */
function printFamily(family: PrintedFamily['family'], samples: readonly FinishedSample[]): PrintedFamily {
  return { family, lines: Buffer.from(printSamples(family.metric, samples)) };
}

/** A family without samples is left out whole: a name without series would be shown as a family that has none. */
function pageOf(families: readonly PrintedFamily[], format: ExpositionFormat, end: string): Buffer {
  const shown = families.filter(({ lines }) => lines.length > 0);
  const parts = shown.flatMap(({ family, lines }) => [Buffer.from(printHead(family, format)), lines]);
  return Buffer.concat([...parts, Buffer.from(end)]);
}

async function familySamples(
  family: AnyMetricFamily,
  source: MetricSource,
  terms: MetricTerms,
): Promise<readonly FinishedSample[]> {
  return family.kind === 'histogram'
    ? histogramSamples(family, await family.counts(source))
    : family.samples(source, terms);
}

function histogramSamples(family: HistogramFamily, counts: HistogramCounts): readonly FinishedSample[] {
  const buckets = family.bucketsSeconds.map((bound, index) => ({
    name: `${family.metric}_bucket`,
    labels: { le: String(bound) },
    value: counts.cumulativeCounts[index] ?? 0,
  }));
  return [
    ...buckets,
    { name: `${family.metric}_bucket`, labels: { le: '+Inf' }, value: counts.count },
    { name: `${family.metric}_sum`, labels: {}, value: counts.sumSeconds },
    { name: `${family.metric}_count`, labels: {}, value: counts.count },
  ];
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

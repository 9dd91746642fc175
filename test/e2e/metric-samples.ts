import type { CollectorProcess } from './collector-process.ts';

/** Series of a page of metrics: `name{label="value",…}`, labels sorted, and what it shows. */
export type MetricSamples = ReadonlyMap<string, number>;

/** Reads a page in Prometheus's text format; label values with a brace or comma in them are not expected. */
export function parseSamples(page: string): MetricSamples {
  const samples = new Map<string, number>();
  for (const line of page.split('\n')) {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const sorted = labels
      .split(/,(?=[a-z_]+=)/)
      .toSorted()
      .join(',');
    samples.set(`${name}{${sorted}}`, Number(value));
  }
  return samples;
}

function labelsOf(series: string): Readonly<Record<string, string>> {
  const pairs = series.matchAll(/([a-z_]+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, value]));
}

/** Reads `/metrics`. */
export async function readMetrics(
  collector: CollectorProcess,
  headers: Readonly<Record<string, string>> = {},
): Promise<MetricSamples> {
  const { status, text } = await collector.get('/metrics', headers);
  if (status !== 200) throw new Error(`/metrics was answered ${status}: ${text}`);
  return parseSamples(text);
}

/** Reads the page of the machines of an agency. */
export async function readAgencyMetrics(collector: CollectorProcess, agencyCode: string): Promise<MetricSamples> {
  const { status, text } = await collector.get(`/metrics/agencies/${agencyCode}`);
  if (status !== 200) throw new Error(`the page of ${agencyCode} was answered ${status}: ${text}`);
  return parseSamples(text);
}

/** Verdicts of a machine as the page of its agency shows them, each as `rule verdict reason`. */
export async function readVerdicts(
  collector: CollectorProcess,
  agencyCode: string,
  machineId: string,
): Promise<readonly string[]> {
  const samples = await readAgencyMetrics(collector, agencyCode);
  return [...samples.keys()].flatMap((series) => {
    if (!series.startsWith('tramdo_machine_rule_info{')) return [];
    const { machine, rule, verdict, reason } = labelsOf(series);
    return machine === machineId ? [`${rule} ${verdict} ${reason}`] : [];
  });
}

/** Reports by how receiving them ended, as `/metrics` counts them; results that did not happen are left out. */
export async function readReportCounts(collector: CollectorProcess): Promise<Readonly<Record<string, number>>> {
  const samples = await readMetrics(collector);
  const counts = [...samples].flatMap(([series, value]) => {
    const result = /^tramdo_reports_total\{result="(.*)"\}$/.exec(series)?.[1];
    return result === undefined || value === 0 ? [] : [[result, value] as const];
  });
  return Object.fromEntries(counts);
}

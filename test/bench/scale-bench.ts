import { join } from 'node:path';
import { freshFolder, startCollector } from '../e2e/collector-process.ts';
import { residentKilobytes } from './measure-process.ts';
import { type BenchRow, median } from './row.ts';
import { type Province, writeProvince } from './simulated-province.ts';

const SMALL: Province = { agencyCount: 300, machinesPerAgency: 10 };
const LARGE: Province = { agencyCount: 300, machinesPerAgency: 100 };
/** A page is computed anew once its figures are older than a few seconds. */
const COLD_AFTER_MS = 6_000;
const RUNS = 3;

interface Figures {
  readonly startMs: number;
  readonly metricsMs: number;
  readonly metricsBytes: number;
  readonly pageMs: number;
  readonly residentMegabytes: number;
}

/** A province of 300 agencies with 30,000 machines against one with 3,000. */
export async function scaleBench(): Promise<readonly BenchRow[]> {
  const small = await measure(SMALL);
  const large = await measure(LARGE);
  const row = (what: string, key: keyof Figures, unit: string, budget: number): BenchRow => ({
    what: `collector, 300 agencies, 30,000 machines: ${what}`,
    measured: `${Math.round(large[key])} ${unit}`,
    against: `3,000 machines: ${Math.round(small[key])} ${unit}`,
    ratio: large[key] / small[key],
    budget: `≤ ${budget} ${unit}`,
    isMet: large[key] <= budget,
  });
  return [
    row('/metrics, cold', 'metricsMs', 'ms', 100),
    row('/metrics, size', 'metricsBytes', 'B', Math.round(small.metricsBytes * 1.05)),
    row('page', 'pageMs', 'ms', 200),
    row('start', 'startMs', 'ms', 2_000),
    row('memory (RSS)', 'residentMegabytes', 'MB', 250),
  ];
}

async function measure(province: Province): Promise<Figures> {
  const dataFolder = join(freshFolder('province'), 'data');
  await writeProvince(dataFolder, province);
  const startedAt = performance.now();
  const collector = await startCollector({ dataFolder });
  const startMs = performance.now() - startedAt;
  const metrics: number[] = [];
  const pages: number[] = [];
  let metricsBytes = 0;
  for (let run = 0; run < RUNS; run += 1) {
    await new Promise((resolve) => setTimeout(resolve, COLD_AFTER_MS));
    const before = performance.now();
    metricsBytes = (await collector.get('/metrics')).text.length;
    metrics.push(performance.now() - before);
    const between = performance.now();
    await collector.get('/');
    pages.push(performance.now() - between);
  }
  const residentMegabytes = residentKilobytes(collector.process.pid) / 1_024;
  await collector.stop();
  return { startMs, metricsMs: median(metrics), metricsBytes, pageMs: median(pages), residentMegabytes };
}

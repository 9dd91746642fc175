import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startProcess } from '../../child-process.ts';
import { freePort, freshFolder } from '../collector-process.ts';
import { endAfterwards } from '../leftovers.ts';
import { debianProgram } from './debian-program.ts';

/** The configuration files that are shipped for Prometheus. */
export const SHIPPED_FOLDER = join(import.meta.dirname, '../../../dashboards/prometheus');

const vector = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

const targets = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ scrapePool: z.string(), health: z.string(), lastError: z.string() })),
  }),
});

/** One series of an answer. */
export interface QueriedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus. */
export interface PrometheusProcess {
  /** Asks `/api/v1/query` for now; labels of the target (`job`, `instance`) are left out. */
  query(expression: string): Promise<readonly QueriedSeries[]>;
  /** Asks `/api/v1/targets`, sorted by job. */
  targets(): Promise<readonly { scrapePool: string; health: string; lastError: string }[]>;
  /** Asks anything and gives the text of the answer. */
  ask(path: string): Promise<string>;
}

/**
 * Writes a configuration that scrapes a collector: the shipped jobs with its address, one agency and one second between
 * two scrapes, and the list of agencies by `http_sd`; with the shipped rules.
 *
 * @returns the path of the file
 */
export function writeScrapeConfiguration(address: string, agencyCode: string): string {
  const shipped = readFileSync(join(SHIPPED_FOLDER, 'scrape.yml'), 'utf8')
    .replaceAll('127.0.0.1:8640', address)
    .replaceAll('H47.02', agencyCode)
    .replaceAll(/(scrape_interval|scrape_timeout): \S+/g, '$1: 1s');
  const rules = ['alerts.yml', 'recording.yml'].map((name) => `  - ${join(SHIPPED_FOLDER, name)}\n`).join('');
  const discovery = [
    '  - job_name: tramdo-discovered',
    '    scrape_interval: 1s',
    '    scrape_timeout: 1s',
    '    http_sd_configs:',
    `      - url: http://${address}/sd/agencies`,
    '        refresh_interval: 1s',
    '',
  ].join('\n');
  const path = join(freshFolder('prometheus'), 'prometheus.yml');
  writeFileSync(path, `rule_files:\n${rules}${shipped}\n${discovery}`);
  return path;
}

/** Starts the Prometheus of Debian on a configuration, with an empty storage, on loopback. */
export async function startPrometheus(configurationFile: string): Promise<PrometheusProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  const argv = [
    `--config.file=${configurationFile}`,
    `--storage.tsdb.path=${freshFolder('prometheus-storage')}`,
    `--web.listen-address=${address}`,
  ];
  const program = debianProgram('/usr/bin/prometheus', 'prometheus');
  await endAfterwards(startProcess(argv, { program })).waitFor('ready to receive web requests');
  const ask = async (path: string) => (await fetch(`http://${address}${path}`)).text();
  return {
    ask,
    query: async (expression) => {
      const text = await ask(`/api/v1/query?query=${encodeURIComponent(expression)}`);
      const { data } = vector.parse(JSON.parse(text));
      return data.result.map(({ metric: { job: _, instance: __, ...labels }, value }) => ({
        labels,
        value: Number(value[1]),
      }));
    },
    targets: async () => {
      const { data } = targets.parse(JSON.parse(await ask('/api/v1/targets')));
      return data.activeTargets.toSorted((a, b) => (a.scrapePool < b.scrapePool ? -1 : 1));
    },
  };
}

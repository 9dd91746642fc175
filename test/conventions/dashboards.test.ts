import { describe, it } from 'vitest';
import { METRIC_FAMILIES } from '#collector/metrics/index.ts';
import { MACHINE_FAMILIES } from '#collector/metrics/machine-families.ts';
import { expectNone } from './expect-none.ts';
import { listFiles, readTreeFile } from './source-files.ts';

/** Metrics that expose.ts adds to the registered ones. */
const ADDED = ['tramdo_metric_success'];
/** Scraped names; names with a colon are made by recording rules and are checked by promtool. */
const METRIC = /\btramdo_[a-z0-9_]+(?![a-z0-9_:])/g;

const known = new Set([...METRIC_FAMILIES, ...MACHINE_FAMILIES].map(({ metric }) => metric).concat(ADDED));
for (const family of METRIC_FAMILIES) {
  if (family.kind !== 'histogram' && family.kind !== 'summary') continue;
  for (const ending of ['_count', '_sum', '_bucket']) known.add(family.metric + ending);
}

describe('dashboards', () => {
  it('ask only for metrics that exist', () => {
    const breaches = listFiles('dashboards')
      .filter((path) => /\.(?:json|ya?ml|ts)$/.test(path))
      .flatMap((path) => [...new Set(readTreeFile(path).match(METRIC))].map((metric) => ({ path, metric })))
      .filter(({ metric }) => !known.has(metric))
      .map(({ path, metric }) => `${path} asks for ${metric}`);
    expectNone(breaches, {
      reason: 'a panel or an alert on a name that is gone stays empty, and nobody is told',
      fix: 'use a name of collector/METRICS.md',
    });
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printAgentConfig } from './docs/print-agent-config.ts';
import { printBaselines } from './docs/print-baselines.ts';
import { printCollectorConfig } from './docs/print-collector-config.ts';
import { printErrors } from './docs/print-errors.ts';
import { printIndicators } from './docs/print-indicators.ts';
import { printMetrics } from './docs/print-metrics.ts';
import { printProbes } from './docs/print-probes.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Every document that is printed from source, by its path. */
const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'agent/CONFIG.md': printAgentConfig,
  'agent/PROBES.md': printProbes,
  'collector/BASELINES.md': printBaselines,
  'collector/CONFIG.md': printCollectorConfig,
  'collector/INDICATORS.md': printIndicators,
  'collector/METRICS.md': printMetrics,
  'shared/ERRORS.md': printErrors,
};

const printed = Object.entries(DOCUMENTS).map(([path, print]) => ({ path, file: join(ROOT, path), text: print() }));
const different = printed.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text);

if (!process.argv.includes('--check')) {
  for (const { file, text } of different) writeFileSync(file, text);
  console.log(different.length === 0 ? 'Every document is current' : `Printed ${listed()}`);
} else if (different.length === 0) {
  console.log(`${printed.length} documents are what their sources say`);
} else {
  console.error(`Not what the source says: ${listed()}\nRun "npm run docs" and commit what it prints`);
  process.exitCode = 1;
}

function listed(): string {
  return different.map(({ path }) => path).join(', ');
}

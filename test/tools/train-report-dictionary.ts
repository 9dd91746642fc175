import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { varyReport } from './report-dictionary/vary-report.ts';

const REPORTS = join(import.meta.dirname, 'report-dictionary/reports.json');
const MODULE = join(import.meta.dirname, '../../shared/report-dictionary.ts');

/** Private use: RFC 8878 section 6.1 keeps those below 32,768 for a registry; two bytes in every frame. */
const ID = 40_001;
const SIZE_BYTES = 8_192;
/** Samples of each report: nearly every report of a day is a quiet one. */
const COUNTS: Readonly<Record<string, number>> = { quiet: 240, bare: 60, outage: 40 };
const OTHER_COUNT = 12;
const LINE = 100;

/**
 * Trains the dictionary of reports with Debian's `zstd` and writes `shared/report-dictionary.ts`, or compares it with
 * what is there. The reports it learns from stay as they are, so that the same dictionary comes out in years.
 *
 * @returns whether the module was current
 */
export function trainReportDictionary(isCheckOnly: boolean): boolean {
  const text = moduleText(train());
  const isCurrent = readFileSync(MODULE, { encoding: 'utf8', flag: 'a+' }) === text;
  if (!isCheckOnly) writeFileSync(MODULE, text);
  return isCurrent;
}

function train(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tramdo-dictionary-'));
  try {
    const samples = join(folder, 'samples');
    mkdirSync(samples);
    const reports = z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(REPORTS, 'utf8')));
    for (const [name, report] of Object.entries(reports)) {
      for (let turn = 0; turn < (COUNTS[name] ?? OTHER_COUNT); turn += 1) {
        const file = join(samples, `${name}-${String(turn).padStart(3, '0')}`);
        writeFileSync(file, JSON.stringify(varyReport(report, `${name} ${turn}`)));
      }
    }
    const dictionary = join(folder, 'dictionary');
    const how = ['--train-cover=k=1200,d=6', `--maxdict=${SIZE_BYTES}`, `--dictID=${ID}`];
    const { error, status, stderr } = spawnSync('zstd', ['-q', '-r', samples, ...how, '-o', dictionary]);
    if (error !== undefined) throw new Error('Cannot run zstd: run "apt-get install zstd" first', { cause: error });
    if (status !== 0) throw new Error(`Cannot train: zstd ended with status ${status}: ${stderr}`);
    return readFileSync(dictionary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function moduleText(dictionary: Buffer): string {
  const text = dictionary.toString('base64');
  const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, index) => {
    return `  '${text.slice(index * LINE, (index + 1) * LINE)}',\n`;
  });
  return `// Made by test/tools/train-report-dictionary.ts; see "npm run report-dictionary".

const BASE64 = [
${lines.join('')}];

/**
 * The dictionary with which agents compress reports (zstd, RFC 8878 section 5): what every report repeats needs not be
 * on the line. Its id, ${ID}, stands in every frame. It never changes: agents in the field use it for years, and a
 * collector must read them. A better one is a second one beside it.
 */
export const REPORT_DICTIONARY: Uint8Array = Buffer.from(BASE64.join(''), 'base64');
`;
}

if (import.meta.main) {
  const isCheckOnly = process.argv.includes('--check');
  const isCurrent = trainReportDictionary(isCheckOnly);
  if (!isCurrent) console.log(`${isCheckOnly ? 'not current' : 'wrote'}: shared/report-dictionary.ts`);
  if (isCheckOnly && !isCurrent) process.exitCode = 1;
}

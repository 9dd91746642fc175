import { join } from 'node:path';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { dayNumber, dayStartMs, isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import { composeRecord } from '#collector/compose-record.ts';
import { loadSettings } from '#collector/config.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { PeopleKey } from '#collector/people/people-key.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { openStore } from '#collector/store/open-store.ts';
import type { Store } from '#collector/store/store.ts';
import { freshFolder } from '../e2e/collector-process.ts';
import { type BenchRow, median } from './row.ts';
import { type Province, writeProvince } from './simulated-province.ts';

const PROVINCE: Province = { agencyCount: 300, machinesPerAgency: 100 };
const IMPORTED_AGENCIES = 5_000;
const RUNS = 5;
const DAY_MS = 86_400_000;

/** Figures, an import and a seal of a province, through the desks that commands and API use. */
export async function recordBench(): Promise<readonly BenchRow[]> {
  const folder = DataFolder.open(join(freshFolder('record'), 'data'));
  await writeProvince(folder.path, PROVINCE);
  const store = await openStore(folder.pathOf('tramdo.sqlite'));
  const now = { ms: Date.now() };
  const desks = await desksOver(store, folder, () => now.ms);
  const readMs = await medianOf(() => store.figures.groups(boundsOf(now.ms), { withIds: true }));
  const figuresMs = await medianOf(() => {
    // Figures of today are shared for a moment; here each run computes its own.
    now.ms += 5_000;
    return desks.indicators.results({});
  });
  const past = isoDateOf(now.ms);
  now.ms += 35 * DAY_MS;
  const pastMs = await medianOf(() => desks.indicators.results({ day: past }));
  const sealMs = await timeOf(() => desks.periods.seal(COMMAND_LINE, { periodId: past.slice(0, 7) }));
  const file = { name: 'bench.csv', bytes: Buffer.from(registerCsv()) };
  const importMs = await timeOf(() => desks.imports.apply(COMMAND_LINE, file));
  await store.close();
  const row = (what: string, ms: number, budget: number): BenchRow => ({
    what: `record, 300 agencies, 30,000 machines: ${what}`,
    measured: `${Math.round(ms)} ms`,
    against: `reading the machines in groups: ${Math.round(readMs)} ms`,
    ratio: ms / readMs,
    budget: `≤ ${budget} ms`,
    isMet: ms <= budget,
  });
  return [
    row('every indicator of today', figuresMs, 300),
    row('every indicator of a past day', pastMs, 300),
    row('sealing a month', sealMs, 5_000),
    row('importing 5,000 agencies', importMs, 3_000),
  ];
}

async function desksOver(store: Store, folder: DataFolder, nowMs: () => number) {
  const settings = loadSettings(undefined, { TRAMDO_DATA: folder.path });
  const catalogues = loadCatalogues();
  const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
  const peopleKey = PeopleKey.open(folder);
  return composeRecord({ settings, store, catalogues, baseline: DEFAULT_BASELINE, ageing, peopleKey, nowMs });
}

function boundsOf(atMs: number) {
  const today = dayStartMs(dayNumber(atMs));
  return { reportingSinceMs: today - 3 * DAY_MS, silentSinceMs: today - 20 * DAY_MS, internetSinceDay: 0 };
}

function registerCsv(): string {
  const rows = Array.from({ length: IMPORTED_AGENCIES }, (_, index) => {
    const code = `K01.${String(index + 1).padStart(5, '0')}`;
    return `${code},Đơn vị ${index + 1},unit,K01,${index % 90},${index % 70},2026-11-01,QĐ ${index + 1}`;
  });
  const headings = 'code,name,level,parent,officials,computers,as_of,source';
  return [headings, 'K01,Tỉnh Mẫu,province,,,,,', ...rows].join('\n');
}

async function medianOf(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < RUNS; count += 1) times.push(await timeOf(run));
  return median(times);
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { createJudge, type Judge } from '#collector/ingest/judge.ts';
import { recordStandings } from '#collector/ingest/record-standings.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { openStore } from '#collector/store/open-store.ts';
import { type MachineStanding, NOTHING_SEEN } from '#collector/store/report-rows.ts';
import type { Store } from '#collector/store/store.ts';
import { generateKeyPair, type PublicJwk } from '#shared/signature.ts';

/** Size of a province. */
export interface Province {
  readonly agencyCount: number;
  readonly machinesPerAgency: number;
}

/** Kinds in the proportions of an office. */
const KINDS = ['desktop', 'desktop', 'desktop', 'laptop', 'server'] as const;

/** Writes a province into a new data folder, through the store and the judge of the collector itself. */
export async function writeProvince(dataFolder: string, province: Province): Promise<void> {
  DataFolder.open(dataFolder);
  const store = await openStore(join(dataFolder, 'tramdo.sqlite'));
  const judge = createJudge(DEFAULT_BASELINE, loadCatalogues());
  const { publicKey } = await generateKeyPair();
  for (let index = 0; index < province.agencyCount; index += 1) {
    const code = `H47.${String(index + 1).padStart(3, '0')}`;
    await store.transaction((transaction) => writeAgency(transaction, { code, judge, publicKey, ...province }));
  }
  await store.close();
}

interface AgencyContent extends Province {
  readonly code: string;
  readonly judge: Judge;
  readonly publicKey: PublicJwk;
}

async function writeAgency(store: Store, { code, judge, publicKey, machinesPerAgency }: AgencyContent): Promise<void> {
  const atMs = Date.now();
  const level = 'commune';
  await store.agencies.add({ code, nameVi: `Ủy ban nhân dân xã ${code}`, level });
  const declared = { agencyCode: code, asOf: '2026-11-01', source: 'bench', value: machinesPerAgency };
  await store.agencies.declare({ ...declared, subject: 'computers' });
  await store.agencies.declare({ ...declared, subject: 'officials' });
  const judged = [];
  for (let index = 0; index < machinesPerAgency; index += 1) {
    const key = { agencyCode: code, machineId: uuidv7() };
    const fingerprint = randomBytes(32).toString('base64url');
    const about = { fingerprint, hostname: `pc-${index}`, platform: 'linux', agentVersion: '0.1.0' } as const;
    await store.machines.save({ ...key, ...about, publicKey, enrolledAtMs: atMs });
    judged.push(judge.judge(standingOf(key, atMs), seenBy(index, atMs), atMs));
  }
  await recordStandings(store, { before: new Map(), after: judged.map(({ standing }) => standing), atMs });
  await store.reports.saveVerdicts(judged.map(({ verdicts }) => verdicts));
}

function standingOf(key: { agencyCode: string; machineId: string }, atMs: number): MachineStanding {
  return { ...NOTHING_SEEN, ...key, lastSeenAtMs: atMs, lastSeq: 1, reportCount: 1, clockOffsetMs: 0 };
}

/** What machine number `index` of an agency has seen: the facts differ from machine to machine. */
function seenBy(index: number, atMs: number) {
  const kind = KINDS[index % KINDS.length];
  const on = index % 7 !== 0;
  const signaturesAt = new Date(atMs - (index % 11) * 86_400_000).toISOString();
  const clamav = { id: 'clamav', name: 'ClamAV', realTime: index % 5 === 0 ? 'off' : 'on', isRunning: on };
  const values = {
    hardware: { kind, memoryBytes: 8e9, disks: [] },
    os: {
      family: 'linux',
      id: 'debian',
      name: 'Debian',
      version: index % 13 === 0 ? '10' : '12',
      architecture: 'x86_64',
    },
    antivirus: { products: [{ ...clamav, signatures: 'unknown', signaturesAt, evidence: [] }] },
    firewall: { isOn: on, products: [] },
    time: { service: 'chrony', offsetSeconds: index % 17 === 0 ? 300 : 0 },
  };
  return new Map(Object.entries(values).map(([probeId, value]) => [probeId, { observedAtMs: atMs, value }]));
}

import { IngestHistogram } from '#collector/metrics/ingest-histogram.ts';
import type { MachineDetail, MetricSource } from '#collector/metrics/metric-family.ts';
import { department, group, network, numbers, verdicts } from '../indicators/province.ts';

/** The instant the small source is about. */
export const SMALL_AT_MS = Date.parse('2026-11-22T12:00:00Z');

const commune = { agencyCode: 'H47.101' };
const ofCommune = { ...commune, level: 'commune' };
const wan = { network: 'wan', kind: 'wan' } as const;

/**
 * A register small enough to count by hand: the province without machines, a department with 11 of 12 declared
 * computers, a commune with more machines than declared, and a unit that declared nothing.
 */
export function smallSource(changes: Partial<MetricSource> = {}): MetricSource {
  const ingest = new IngestHistogram();
  for (const seconds of [0.0008, 0.004, 0.004, 0.03, 7]) ingest.observe(seconds);
  return {
    agencies: async () => [
      { code: 'H47', nameVi: 'UBND tỉnh', level: 'province', numbers: {}, items: [] },
      department({ nameVi: 'Sở Y tế "mới"\n\\', parentCode: 'H47' }),
      {
        code: 'H47.02.1',
        nameVi: 'Trạm B',
        level: 'unit',
        parentCode: 'H47.02',
        numbers: numbers({ officials: 2 }),
        items: [],
      },
      {
        code: 'H47.101',
        nameVi: 'Xã A',
        level: 'commune',
        parentCode: 'H47',
        numbers: numbers({ officials: 10, computers: 8, lan: 1 }),
        items: [],
      },
    ],
    machineGroups: async () => [
      group({ machineCount: 9 }),
      group({ machineCount: 2, kind: 'laptop', state: 'silent', verdicts: verdicts({ 'firewall-on': 'fail' }) }),
      group({ machineCount: 1, kind: 'server', verdicts: verdicts({ 'disk-encrypted': 'not_applicable' }) }),
      group({ ...commune, machineCount: 13, verdicts: verdicts({ 'antivirus-active': 'unknown' }) }),
      group({ ...commune, machineCount: 1, state: 'lost', verdicts: {} }),
      group({ agencyCode: 'H47.02.1', kind: undefined, machineCount: 1, verdicts: {} }),
    ],
    antivirusGroups: async () => [
      { agencyCode: 'H47.02', product: 'clamav', state: 'active', machineCount: 9 },
      { agencyCode: 'H47.101', product: 'other', state: 'stale', machineCount: 2 },
      { agencyCode: 'H47.101', product: 'other', state: 'stale', machineCount: 1 },
    ],
    networks: async () => [
      network({
        result: 'verified',
        windowResult: 'verified',
        slotsOn: 200,
        slotsReached: 199,
        rttSeconds: { median: 0.0125, p95: 0.08 },
      }),
      network({
        ...ofCommune,
        result: 'not_reached',
        windowResult: 'not_reached',
        slotsOn: 40,
        slotsReached: 0,
        outageStartMs: SMALL_AT_MS - 12_000_000,
      }),
      network({ ...ofCommune, ...wan, result: 'unknown', windowResult: 'unknown', slotsOn: 0, slotsReached: 0 }),
    ],
    places: async () => [{ agencyCode: 'H47.02', mostMachinesAtPlace: 9 }],
    measuredLines: async () => [{ agencyCode: 'H47.02', network: 'wan', medianBitsPerSecond: 48_000_000 }],
    exceptions: async () => [{ agencyCode: 'H47.02', ruleId: 'firewall-on' }],
    agents: async () => ({
      versions: ['0.1.0', '0.2.0'],
      groups: [
        { version: '0.1.0', state: 'steady', machineCount: 20 },
        { version: '0.2.0', state: 'trial', machineCount: 2 },
        { version: '0.1.0', state: 'failed', machineCount: 1 },
        { version: '<b>9</b>', state: 'steady', machineCount: 1 },
      ],
    }),
    reportCounts: async () => [
      { result: 'accepted', count: 41 },
      { result: 'SIGNATURE_INVALID', count: 2 },
    ],
    certificates: async () => [
      { network: 'tslcd', target: 'https://192.0.2.9/', notAfterMs: SMALL_AT_MS + 86_400_000 },
    ],
    receiptCounts: async () => [
      { result: 'accepted', count: 30 },
      { result: 'by_proxy', count: 2 },
    ],
    ingestTimes: async () => ingest.counts(),
    storeHealth: async () => ({
      databaseBytes: 4_096_000,
      walBytes: 32_768,
      free: [{ volume: 'data', bytes: 1_000_000_000 }],
      backups: [{ kind: 'schedule', atMs: SMALL_AT_MS - 3_600_000 }],
      waiting: ['quiet', 'full', 'quiet'],
    }),
    ...changes,
  };
}

/** Two machines of one agency, one of which never reported and has an odd name. */
export const SMALL_DETAILS: readonly MachineDetail[] = [
  {
    machineId: '019ab000-0000-7000-8000-000000000001',
    hostname: 'PC-01',
    kind: 'desktop',
    state: 'reporting',
    lastSeenAtMs: SMALL_AT_MS - 1_500,
    clockOffsetMs: -2_250,
    verdicts: [
      { ruleId: 'firewall-on', verdict: 'fail', reason: { code: 'firewall_off', params: { products: '<b>ufw</b>' } } },
      { ruleId: 'smb1-off', verdict: 'pass', reason: { code: 'smb1_off', params: {} } },
      {
        ruleId: 'time-offset',
        verdict: 'unknown',
        reason: { code: 'observation_failed', params: { probe: 'time', failure: 'COMMAND_KILLED' } },
      },
      {
        ruleId: 'updates-recent',
        verdict: 'unknown',
        reason: { code: 'observation_failed', params: { probe: 'updates', failure: '<b>MINE</b>' } },
      },
    ],
  },
  {
    machineId: '019ab000-0000-7000-8000-000000000002',
    hostname: `MÁY "ké\ttoán"\u202e\n${'x'.repeat(80)}`,
    kind: undefined,
    state: 'lost',
    lastSeenAtMs: undefined,
    clockOffsetMs: undefined,
    verdicts: [],
  },
];

import { cpSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { type Collector, composeCollector } from '#collector/compose.ts';
import { composeRecord } from '#collector/compose-record.ts';
import { loadSettings } from '#collector/config.ts';
import type { Desks } from '#collector/http/api/v1/api-parts.ts';
import { EXAMPLE_IDS } from '#collector/http/api/v1/example-ids.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { PeopleKey } from '#collector/people/people-key.ts';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';
import type { Agency, DeclaredNumber } from '#collector/register/agency.ts';
import { openData } from '#collector/store/open-data.ts';
import type { Store } from '#collector/store/store.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { generateKeyPair, importPrivateKey } from '#shared/signature.ts';
import { type TestBeacon, testBeacon } from '../../connectivity/test-beacon.ts';
import {
  enrolmentOf,
  FIREWALL_SEEN,
  MONDAY_MS,
  OFFICE,
  ReportingMachine,
  TIME_SEEN,
  temporaryFolder,
} from '../../ingest/reporting-machine.ts';

/** A data folder with everything that the examples of the routes speak of. */
export interface ExampleRegister {
  readonly folder: string;
  /** Tokens by role; `agency` and `stranger` are of the role agency, for H47.12 and H47.151. */
  readonly tokens: Readonly<Record<'admin' | 'operator' | 'agency' | 'viewer' | 'stranger', string>>;
  /** True ids by those of {@link EXAMPLE_IDS}. */
  readonly ids: Readonly<Record<string, string>>;
  /** Networks of the settings: the key of the beacon is a new one each time. */
  readonly networks: string;
  /** Id of that key. */
  readonly beaconKeyId: string;
}

const BEACON = 'beacon+https://192.0.2.10:8643/';

function networksOf({ publicKey }: TestBeacon): string {
  const wan = { id: 'wan', name: 'Mạng WAN của tỉnh', kind: 'wan', targets: [BEACON], beaconKeys: [publicKey] };
  const internet = { id: 'internet', name: 'Internet', kind: 'internet', targets: ['https://198.51.100.10/'] };
  return JSON.stringify([wan, internet]);
}

const AGENCIES: readonly Agency[] = [
  { code: 'H47', nameVi: 'Tỉnh Mẫu', nameEn: 'Sample Province', level: 'province' },
  { code: 'H47.12', nameVi: 'Sở Tài chính', level: 'department', parentCode: 'H47' },
  { code: 'H47.12.01', nameVi: 'Trung tâm Tư vấn', level: 'unit', parentCode: 'H47.12' },
  { code: 'H47.151', nameVi: 'Xã Mẫu 001', level: 'commune', parentCode: 'H47' },
];

function settingsOf(folder: string, networks: string) {
  return loadSettings(undefined, {
    TRAMDO_DATA: folder,
    TRAMDO_LISTEN: '127.0.0.1:0',
    TRAMDO_ADDRESS: 'collector.example.org:8640',
    TRAMDO_NETWORKS: networks,
  });
}

/** A collector over a copy of the register, or over the register itself; it ends with the test. */
export async function exampleCollector(register: ExampleRegister, isCopied = true): Promise<Collector> {
  const folder = isCopied ? temporaryFolder() : register.folder;
  if (isCopied) cpSync(register.folder, folder, { recursive: true });
  const log = pino({ level: 'silent' });
  const collector = await composeCollector(settingsOf(folder, register.networks), {
    log,
    nowMs: () => MONDAY_MS,
    monotonicMs: () => 0,
  });
  onTestFinished(() => collector.close());
  return collector;
}

/**
 * Fills a data folder: four agencies with what they declare, three machines, and one thing of every other kind.
 *
 * @param folder empty; whoever gives it removes it
 */
export async function fillExampleRegister(folder: string): Promise<ExampleRegister> {
  const beacon = await testBeacon();
  const networks = networksOf(beacon);
  const settings = settingsOf(folder, networks);
  const { store, folder: dataFolder } = await openData(settings);
  const catalogues = loadCatalogues();
  const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
  const peopleKey = PeopleKey.open(dataFolder);
  const nowMs = () => MONDAY_MS;
  const baseline = DEFAULT_BASELINE;
  const desks = composeRecord({ settings, store, catalogues, baseline, ageing, peopleKey, nowMs });
  for (const agency of AGENCIES) await desks.register.add(COMMAND_LINE, agency, { numbers: numbersOf(agency.code) });
  await desks.register.declare(COMMAND_LINE, PLACE.agencyCode, { items: [PLACE] });
  const joined = await desks.joinTokens.create(COMMAND_LINE, { agencyCode: 'H47.12' });
  await store.machines.save({ ...KNOWN_MACHINE, ...(await generateKeyPair()) });
  await withServer(settings, async (server) => {
    for (const [index, fingerprint] of ['a', 'b', 'c'].entries())
      await letReport(server, beacon, joined.secret, fingerprint, index);
  });
  const tokens = await makeTokens(desks);
  const ids = { ...(await fillRest(desks, store)), [EXAMPLE_IDS.joinToken]: joined.token.id };
  await store.close();
  return { folder, tokens, ids, networks, beaconKeyId: beacon.kid };
}

/** The first machine keeps its id when it joins, as its fingerprint is known. */
const KNOWN_MACHINE = {
  agencyCode: 'H47.12',
  machineId: EXAMPLE_IDS.machine,
  fingerprint: 'a'.padEnd(43, '0'),
  hostname: 'pc-1',
  platform: 'linux',
  agentVersion: '0.1.0',
  enrolledAtMs: MONDAY_MS,
} as const;

function numbersOf(agencyCode: string): readonly DeclaredNumber[] {
  const common = { agencyCode, asOf: '2026-01-01', source: 'Báo cáo số 01/BC' };
  const values = {
    officials: 20,
    computers: 16,
    'it-staff': 2,
    'security-staff': 1,
    'trained-officials': 10,
    lan: 1,
  } as const;
  return [
    { ...common, subject: 'officials', value: values.officials },
    { ...common, subject: 'computers', value: values.computers },
    { ...common, subject: 'it-staff', value: values['it-staff'] },
    { ...common, subject: 'security-staff', value: values['security-staff'] },
    { ...common, subject: 'trained-officials', value: values['trained-officials'] },
    { ...common, subject: 'lan', value: values.lan },
  ];
}

async function withServer(settings: ReturnType<typeof settingsOf>, work: (server: FastifyInstance) => Promise<void>) {
  const log = pino({ level: 'silent' });
  const collector = await composeCollector(settings, { log, nowMs: () => MONDAY_MS, monotonicMs: () => 0 });
  try {
    await work(collector.server);
  } finally {
    await collector.close();
  }
}

async function letReport(
  server: FastifyInstance,
  beacon: TestBeacon,
  token: string,
  fingerprint: string,
  index: number,
): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair();
  const payload = enrolmentOf(token, publicKey, fingerprint);
  const joined = await server.inject({ method: 'POST', url: '/agent/v1/enroll', payload });
  const machine = new ReportingMachine(
    joined.json<{ machineId: string }>().machineId,
    await importPrivateKey(privateKey),
  );
  const seen = {
    hardware: { value: { kind: index === 2 ? 'laptop' : 'desktop', memoryBytes: 8e9, disks: [] } },
    os: { value: { family: 'linux', id: 'debian', name: 'Debian', version: '12', architecture: 'x86_64' } },
    firewall: { value: FIREWALL_SEEN },
    time: { value: TIME_SEEN },
  };
  const source = `192.0.2.${20 + index}`;
  const visit = { network: 'wan', observedAddress: source, atMs: MONDAY_MS - 290_000 };
  const receipts = index === 2 ? [] : [await beacon.receipt({ ...visit, machineId: machine.machineId })];
  const extra = { paths: [{ ...OFFICE, source: `${source}/24` }] };
  const windows = [{ ...windowOf('wan', BEACON, '111'), receipts }, INTERNET_SEEN];
  const { body, signature } = await machine.report({ seq: 1, seen, networks: windows, extra });
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
  const answer = await server.inject({ method: 'POST', url: '/agent/v1/reports', payload: body, headers });
  if (answer.statusCode !== 200) throw new Error(`The report was refused: ${answer.body}`);
}

/** What machines saw of a target up to now, a slot each: 1 reached, 0 not. */
function windowOf(network: string, target: string, slots: string) {
  const successes = slots.replaceAll('0', '').length;
  return {
    network,
    target,
    firstSlot: Math.floor(MONDAY_MS / 300_000) - slots.length,
    slots,
    attempts: slots.length,
    successes,
    rtt: { minMs: 10, medianMs: 10, p95Ms: 12, maxMs: 12, histogram: { 10: successes } },
    firstAt: new Date(MONDAY_MS - slots.length * 300_000).toISOString(),
    lastAt: new Date(MONDAY_MS - 300_000).toISOString(),
  };
}

/** The Internet was gone for ten minutes, and has been away again for five. */
const INTERNET_SEEN = {
  ...windowOf('internet', 'https://198.51.100.10/', '1001110'),
  status: 200,
  certificateNotAfter: '2026-06-30T00:00:00.000Z',
  lastFailure: 'ETIMEDOUT',
};

async function makeTokens({ people }: Desks): Promise<ExampleRegister['tokens']> {
  const make = async (name: string, role: Principal['role'], agencyCode?: string) => {
    const order = { name, role, ...(agencyCode === undefined ? {} : { agencyCode }) };
    return (await people.tokens.create(COMMAND_LINE, order)).secret;
  };
  return {
    admin: await make('admin', 'admin'),
    operator: await make('operator', 'operator'),
    agency: await make('agency', 'agency', 'H47.12'),
    viewer: await make('viewer', 'viewer'),
    stranger: await make('stranger', 'agency', 'H47.151'),
  };
}

/** One thing of every kind that a path may name. */
async function fillRest(desks: Desks, store: Store): Promise<Readonly<Record<string, string>>> {
  const invited = { loginName: 'operator-1', displayName: 'Operator 1', role: 'operator' };
  const { account } = await desks.people.accounts.invite(COMMAND_LINE, invited);
  const { token } = await desks.people.tokens.create(COMMAND_LINE, { name: 'export', role: 'viewer' });
  const exception = await desks.exceptions.grant(COMMAND_LINE, EXCEPTION);
  await desks.networks.add(COMMAND_LINE, LAN);
  await store.declaredMachines.save([ASSET]);
  const imported = await desks.imports.apply(COMMAND_LINE, IMPORT_FILE);
  if (imported.importId === undefined) throw new Error(`The file was refused: ${JSON.stringify(imported)}`);
  await desks.periods.seal(COMMAND_LINE, { periodId: '2026-02' });
  return {
    [EXAMPLE_IDS.account]: account.id,
    [EXAMPLE_IDS.token]: token.id,
    [EXAMPLE_IDS.exception]: exception.id,
    [EXAMPLE_IDS.import]: imported.importId,
  };
}

const LAN = networkDefinition.parse({
  id: 'lan',
  name: 'Mạng nội bộ Trung tâm dữ liệu',
  kind: 'lan',
  targets: ['tcp://192.0.2.20:443'],
});

/** A place that a commune without a machine declared. */
const PLACE = {
  kind: 'place',
  agencyCode: 'H47.151',
  itemId: 'tru-so',
  range: '198.51.100.0/24',
  asOf: '2026-01-01',
  source: 'Báo cáo số 01/BC',
  hasEnded: false,
} as const;

const EXCEPTION = {
  agencyCode: 'H47.12',
  ruleId: 'firewall-on',
  reason: 'Máy đo chuyên dùng không chạy được tường lửa',
  document: '12/QĐ-STC',
  firstDay: '2026-02-01',
  lastDay: '2026-12-31',
};

const ASSET = {
  agencyCode: 'H47.12',
  assetId: EXAMPLE_IDS.asset,
  hostName: 'pc-mat-01',
  kind: 'desktop',
  isStandAlone: true,
  asOf: '2026-01-01',
  source: 'Biên bản kiểm kê 2026',
} as const;

const IMPORT_FILE = {
  name: 'don-vi.csv',
  bytes: Buffer.from('Mã định danh,Tên cơ quan,Cấp,Mã cấp trên\nH47.153,Xã Mẫu 003,xã,H47\n'),
};

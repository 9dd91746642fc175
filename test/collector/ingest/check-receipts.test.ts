import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { loadSettings } from '#collector/config.ts';
import { IndicatorDesk } from '#collector/indicators/indicator-desk.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { createReportIntake } from '#collector/ingest/accept-report.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { ReportedReceipt } from '#shared/receipt.ts';
import { type TestBeacon, testBeacon } from '../connectivity/test-beacon.ts';
import { AGENCY, batchTerms, ingestRig, joinMachine, MONDAY_MS } from './reporting-machine.ts';

const NOW_SLOT = Math.floor(MONDAY_MS / SLOT_MS);
const NOW_MS = MONDAY_MS + 120_000;
const OWN = '192.0.2.20';
const COMMUNES = ['H47.30', 'H47.31', 'H47.32', 'H47.33', 'H47.34', 'H47.35'];

/** Networks of a province: one beacon in each of two, none on the Internet. */
async function provinceRig() {
  const rig = await ingestRig();
  const { store, counts, enrolment } = rig;
  const clock = { nowMs: NOW_MS };
  const nowMs = () => clock.nowMs;
  for (const code of COMMUNES) await store.agencies.add({ code, nameVi: code, level: 'commune' });
  const beacons = { wan: await testBeacon(), tslcd: await testBeacon() };
  const targets = ['beacon+https://192.0.2.1/'];
  const terms = batchTerms(store, enrolment.judge, [
    { id: 'wan', kind: 'wan', targets, beaconKeys: [beacons.wan.publicKey] },
    { id: 'tslcd', kind: 'tslcd', targets, beaconKeys: [beacons.tslcd.publicKey] },
    { id: 'internet', kind: 'internet' },
  ]);
  const parts = { store, directory: enrolment.directory, terms, counts, planVersion: () => '1', nowMs };
  const settings = { ...loadSettings(undefined, {}), networks: [...terms.networks().values()] };
  const catalogues = loadCatalogues();
  const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
  const networks = new NetworkDesk({ store, settings: settings.networks, nowMs });
  await networks.adoptSettings();
  const desk = { store, networks, register: new RegisterDesk({ store, nowMs }), catalogues, settings, nowMs };
  const boundsAt = (atMs: number) => ageing.boundsAt(atMs);
  const indicators = new IndicatorDesk({ ...desk, boundsAt, indexSets: INDEX_SETS, defaultSetId: 'catalogue-2026' });
  return { rig, store, beacons, terms, clock, intake: createReportIntake(parts), indicators };
}

type ProvinceRig = Awaited<ReturnType<typeof provinceRig>>;

/** What a machine saw of each network: 1, 0 or nothing; with whose receipt, if any. */
type Sight = Readonly<Record<string, { readonly slots: string; readonly beacon?: TestBeacon }>>;

async function report({ rig, intake }: ProvinceRig, agencyCode: string, name: string, sight: Sight): Promise<void> {
  const machine = await joinMachine(rig, await rig.token(agencyCode), name, name);
  const networks = await Promise.all(
    Object.entries(sight).map(async ([network, { slots, beacon }]) => {
      const visit = { machineId: machine.machineId, network, atMs: MONDAY_MS, observedAddress: ownOf(name) };
      const receipts: ReportedReceipt[] = beacon === undefined ? [] : [await beacon.receipt(visit)];
      const at = new Date(MONDAY_MS).toISOString();
      const successes = slots.replaceAll('0', '').length;
      const place = { network, target: 'beacon+https://192.0.2.1/', firstSlot: NOW_SLOT - slots.length + 1, slots };
      return { ...place, attempts: slots.length, successes, receipts, firstAt: at, lastAt: at };
    }),
  );
  const seen = { hardware: { value: { kind: 'desktop', memoryBytes: 8e9, disks: [] } } };
  const extra = { paths: [{ interface: 'eth0', source: `${ownOf(name)}/24`, gateway: '192.0.2.1' }] };
  await intake.accept(await machine.report({ seq: 1, atMs: MONDAY_MS + 60_000, seen, networks, extra }));
}

/** Each machine has its own address. */
function ownOf(name: string): string {
  return OWN.replace(/\d+$/, String(20 + name.charCodeAt(0) - 'a'.charCodeAt(0)));
}

async function liveMonday(province: ProvinceRig): Promise<void> {
  const { wan, tslcd } = province.beacons;
  const home = { kind: 'place', agencyCode: 'H47.35', itemId: 'hq', range: '198.51.100.0/24' } as const;
  const declared = { ...home, asOf: '2026-01-01', source: 'BC 1', hasEnded: false };
  await province.store.register.save({ items: [declared] });
  const [up, down] = [{ slots: '01' }, { slots: '00' }];
  await report(province, AGENCY, 'a', { wan: { ...up, beacon: wan }, internet: down });
  await report(province, AGENCY, 'b', { internet: down });
  await report(province, 'H47.30', 'c', { tslcd: { ...up, beacon: tslcd }, internet: up });
  await report(province, 'H47.31', 'd', { tslcd: up, internet: up });
  await report(province, 'H47.32', 'e', { tslcd: down, internet: up });
  await report(province, 'H47.33', 'f', {});
  await report(province, 'H47.34', 'g', { tslcd: { ...up, beacon: await testBeacon() }, internet: up });
  await report(province, 'H47.35', 'h', { tslcd: { ...up, beacon: tslcd }, internet: up });
}

const INDICATORS = [
  'agencies-on-wan',
  'agencies-with-lan',
  'communes-internet-and-vpn',
  'communes-on-tslcd',
  'computers-on-internet',
];

async function figuresOf({ indicators }: ProvinceRig, day?: string) {
  const { results } = await indicators.results({ scopes: ['register'], day });
  return results
    .filter(({ indicatorId }) => INDICATORS.includes(indicatorId))
    .map(({ indicatorId, a, b, unknownCount }) => `${indicatorId} ${a}/${b}, ${unknownCount} unknown`);
}

/**
 * On Monday the department H47.12 shows a receipt of the WAN from one of its two PCs, and neither reaches the Internet.
 * H47.30 shows a receipt of the special-purpose network; H47.31 only reached it; H47.32 did not; in H47.33 nothing was
 * tried; in H47.34 something else than the beacon answered; the PC of H47.35 was not at the place it declared. All the
 * others reached the Internet.
 */
describe('checkReceipts() and the indicators of networks', () => {
  it('count receipts of beacons, and what nobody knows as unknown', async () => {
    const province = await provinceRig();
    await liveMonday(province);
    const figures = [
      'agencies-on-wan 2/7, 3 unknown',
      'agencies-with-lan 1/7, 6 unknown',
      'communes-internet-and-vpn 1/6, 3 unknown',
      'communes-on-tslcd 1/6, 3 unknown',
      'computers-on-internet 4/8, 2 unknown',
    ];
    expect(await figuresOf(province)).toEqual(figures);
    expect(province.terms.receiptCounts.list()).toEqual([
      { result: 'accepted', count: 3 },
      { result: 'unknown_key', count: 1 },
    ]);
    province.clock.nowMs = NOW_MS + 3 * 86_400_000;
    expect(await figuresOf(province, '2026-03-02')).toEqual(figures);
  });

  it('name behind each agency why it counts, with network, instant and key of the receipt', async () => {
    const province = await provinceRig();
    await liveMonday(province);
    const lists = await province.indicators.units({ indicatorId: 'agencies-on-wan', scope: 'register' });
    const shown = [...lists.counted, ...lists.notCounted, ...lists.unknown];
    const { wan, tslcd } = province.beacons;
    expect(shown.map(({ agencyCode, reason, evidence }) => [agencyCode, reason, evidence])).toEqual([
      [AGENCY, 'network_verified', `wan 2026-03-02T09:00:00+07:00 ${wan.kid}`],
      ['H47.30', 'network_verified', `tslcd 2026-03-02T09:00:00+07:00 ${tslcd.kid}`],
      ['H47.32', 'network_not_reached', undefined],
      ['H47.34', 'network_not_reached', undefined],
      ['H47.31', 'network_unverified', undefined],
      ['H47.33', 'network_untried', undefined],
      ['H47.35', 'network_untried', undefined],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { NOTHING_SEEN } from '#collector/store/report-rows.ts';
import type { Store } from '#collector/store/store.ts';
import { describeConnectivity } from './contract-connectivity.ts';
import { describeExceptions } from './contract-exceptions.ts';
import { describeImports } from './contract-imports.ts';
import { describeLines } from './contract-lines.ts';
import { describeMachineHistory, describeMachineRecords } from './contract-machines.ts';
import { describeNetworks } from './contract-networks.ts';
import { describeAudit, describePeople } from './contract-people.ts';
import { describePeriodStore } from './contract-periods.ts';
import { describeRegisterStore } from './contract-register.ts';
import { describeUpkeep } from './contract-upkeep.ts';

const KEY = { agencyCode: 'H47.12', machineId: '01a204c6-4713-72ee-82ec-5040056097ce' };
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const MACHINE = {
  ...KEY,
  publicKey: PUBLIC_KEY,
  fingerprint: 'f'.repeat(43),
  hostname: 'pc-1',
  platform: 'linux',
  agentVersion: '0.1.0',
  enrolledAtMs: 1_000,
} as const;
const STANDING = {
  ...NOTHING_SEEN,
  ...KEY,
  kind: 'desktop',
  verdictKey: 'firewall-on=pass',
  antivirusKey: 'clamav=active',
  lastSeenAtMs: 2_000,
  lastSeq: 3,
  reportCount: 3,
  clockOffsetMs: -5,
  judgedWith: 'v1',
  holdsUntilMs: 9_000,
  freshness: new Map([['firewall', { hash: 'h', observedAtMs: 1_900 }]]),
} as const;

async function withAgency(open: () => Promise<Store>): Promise<Store> {
  const store = await open();
  await store.agencies.add({ code: 'H47.12', nameVi: 'Sở Tài chính', level: 'department' });
  return store;
}

/**
 * What every store must do, whatever engine is below.
 *
 * @param open gives a new, empty store that is closed when the test ends
 */
export function describeStore(engine: string, open: () => Promise<Store>): void {
  describe(`${engine} keeps the register`, () => describeRegister(open));
  describe(`${engine} keeps the register as a whole`, () => describeRegisterStore(open));
  describe(`${engine} keeps imports`, () => describeImports(open));
  describe(`${engine} keeps measured lines`, () => describeLines(open));
  describe(`${engine} keeps machines`, () => describeMachines(open));
  describe(`${engine} keeps what reports bring`, () => describeReports(open));
  describe(`${engine} keeps connectivity`, () => describeConnectivity(open));
  describe(`${engine} counts`, () => describeFigures(open));
  describe(`${engine} keeps the history of machines`, () => describeMachineHistory(open));
  describe(`${engine} keeps the records of machines`, () => describeMachineRecords(open));
  describe(`${engine} keeps sealed periods`, () => describePeriodStore(open));
  describe(`${engine} keeps offers of releases`, () => describeReleases(open));
  describe(`${engine} keeps exceptions`, () => describeExceptions(open));
  describe(`${engine} keeps networks`, () => describeNetworks(open));
  describe(`${engine} keeps people`, () => describePeople(open));
  describe(`${engine} keeps the audit log`, () => describeAudit(open));
  describe(`${engine} keeps itself small`, () => describeUpkeep(open));
}

function describeRegister(open: () => Promise<Store>): void {
  it('lists agencies by code and finds one whole', async () => {
    const store = await withAgency(open);
    const whole = {
      code: 'H47',
      nameVi: 'Tỉnh',
      nameEn: 'Province',
      level: 'province',
      validFrom: '2025-07-01',
      validTo: '2030-01-01',
      replacedBy: 'H48',
    } as const;
    await store.agencies.add(whole);
    expect(await store.agencies.find('H47')).toEqual(whole);
    expect((await store.agencies.list()).map(({ code }) => code)).toEqual(['H47', 'H47.12']);
    expect(await store.agencies.find('H99')).toBeUndefined();
  });

  it('refuses an agency that is there', async () => {
    const store = await withAgency(open);
    const again = { code: 'H47.12', nameVi: 'x', level: 'unit' } as const;
    await expect(store.agencies.add(again)).rejects.toMatchObject({ code: 'AGENCY_EXISTS' });
  });

  it('gives the newest declared number of each subject', async () => {
    const store = await withAgency(open);
    const number = { agencyCode: 'H47.12', subject: 'officials', source: 'QĐ 1' } as const;
    await store.agencies.declare({ ...number, value: 10, asOf: '2026-01-01' });
    await store.agencies.declare({ ...number, value: 12, asOf: '2026-02-01' });
    await store.agencies.declare({ ...number, value: 13, asOf: '2026-02-01', source: 'QĐ 2' });
    await store.agencies.declare({ ...number, value: 9, asOf: '2025-01-01' });
    expect(await store.agencies.newestDeclared()).toEqual([
      { ...number, value: 13, asOf: '2026-02-01', source: 'QĐ 2' },
    ]);
  });

  it('counts the uses of a token until it may not be used', async () => {
    const store = await withAgency(open);
    const token = { id: 't1', agencyCode: 'H47.12', createdAtMs: 1, expiresAtMs: 100, maxUseCount: 2, useCount: 0 };
    await store.tokens.add(token, 'hash');
    const uses = [
      await store.tokens.use('hash', 5),
      await store.tokens.use('hash', 6),
      await store.tokens.use('hash', 7),
    ];
    expect(uses).toEqual(['H47.12', 'H47.12', undefined]);
    expect(await store.tokens.use('hash', 100)).toBeUndefined();
    expect(await store.tokens.revoke('t1', 8)).toBe(true);
    expect(await store.tokens.revoke('t2', 8)).toBe(false);
    expect(await store.tokens.list()).toEqual([{ ...token, useCount: 2, revokedAtMs: 8 }]);
  });
}

function describeReleases(open: () => Promise<Store>): void {
  it('has offers of one version, one an agency, the one for all first', async () => {
    const { releaseOffers } = await open();
    const all = { version: '0.2.0', shareRatio: 0.1, offeredAtMs: 1 };
    const one = { ...all, agencyCode: 'H47.12', shareRatio: 0.5, offeredAtMs: 2 };
    await releaseOffers.offer(one);
    await releaseOffers.offer(all);
    await releaseOffers.offer({ ...all, shareRatio: 0.2 });
    expect(await releaseOffers.list()).toEqual([{ ...all, shareRatio: 0.2 }, one]);
    await releaseOffers.offer({ ...one, version: '0.3.0' });
    expect(await releaseOffers.list()).toEqual([{ ...one, version: '0.3.0' }]);
    await releaseOffers.stop();
    expect(await releaseOffers.list()).toEqual([]);
  });

  it('names the machines of an agency that are in use, and counts agents', async () => {
    const store = await withAgency(open);
    const second = { ...MACHINE, machineId: KEY.machineId.replace(/.$/, 'f'), fingerprint: 'g'.repeat(43) };
    await store.machines.save(second);
    await store.machines.save(MACHINE);
    expect(await store.machines.idsInUse('H47.12')).toEqual([KEY.machineId, second.machineId]);
    await store.machines.save({ ...MACHINE, retiredAtMs: 5 });
    expect(await store.machines.idsInUse('H47.12')).toEqual([second.machineId]);
    await store.reports.saveStandings([
      { ...STANDING, agentKey: '0.1.0=steady', isRetired: true },
      { ...STANDING, machineId: second.machineId, agentKey: '0.2.0=trial' },
    ]);
    expect(await store.figures.agents()).toEqual([{ agentKey: '0.2.0=trial', machineCount: 1 }]);
  });
}

function describeMachines(open: () => Promise<Store>): void {
  it('replaces what is known of a machine', async () => {
    const store = await withAgency(open);
    await store.machines.save(MACHINE);
    await store.machines.save({ ...MACHINE, hostname: 'pc-2', retiredAtMs: 5 });
    const changed = { ...MACHINE, hostname: 'pc-2', retiredAtMs: 5 };
    expect(await store.machines.find(KEY.machineId)).toEqual(changed);
    expect(await store.machines.withFingerprint(MACHINE.fingerprint)).toEqual([changed]);
    expect(await store.machines.list('H47.12')).toEqual([changed]);
    expect(await store.machines.list('H47.13')).toEqual([]);
  });

  it('refuses a machine of an agency that is not in the register', async () => {
    const store = await open();
    await expect(store.machines.save(MACHINE)).rejects.toThrow(/FOREIGN KEY/i);
  });

  it('lists events newest first and each once', async () => {
    const store = await withAgency(open);
    const event = { ...KEY, atMs: 1, event: 'enrolled', detail: '' } as const;
    await store.machines.addEvent(event);
    await store.machines.addEvent(event);
    await store.machines.addEvent({ ...event, atMs: 2, event: 'retired' });
    expect(await store.machines.events(KEY)).toEqual([{ ...event, atMs: 2, event: 'retired' }, event]);
  });
}

function describeReports(open: () => Promise<Store>): void {
  it('gives a standing back as it was saved, however many there are', async () => {
    const store = await withAgency(open);
    const all = Array.from({ length: 300 }, (_, index) => ({ ...STANDING, machineId: `m${index}`, lastSeq: index }));
    await store.reports.saveStandings(all);
    await store.reports.saveStandings(all.slice(0, 5).map((one) => ({ ...one, reportCount: 99 })));
    const found = await store.reports.standings(all);
    expect(found.size).toBe(300);
    expect(found.get('m4')).toEqual({ ...STANDING, machineId: 'm4', lastSeq: 4, reportCount: 99 });
    expect(found.get('m299')).toEqual({ ...STANDING, machineId: 'm299', lastSeq: 299 });
  });

  it('keeps the newest outcome of a probe and every one before', async () => {
    const store = await withAgency(open);
    const change = {
      ...KEY,
      probeId: 'time',
      hash: 'a',
      seq: 1,
      observedAtMs: 1,
      receivedAtMs: 2,
      outcome: { value: 1 },
    };
    const failure = { code: 'PROBE_TIMED_OUT', message: 'too slow' };
    const later = { ...change, hash: 'b', seq: 2, receivedAtMs: 3, outcome: { failure } };
    await store.reports.saveChanges([change, later]);
    const newest = await store.reports.observations([KEY]);
    expect(newest.get(KEY.machineId)).toEqual(new Map([['time', { observedAtMs: 1, failure }]]));
    expect(await store.reports.history(KEY, 'time', 10)).toEqual([later, change]);
    expect(await store.reports.history(KEY, 'time', 1)).toEqual([later]);
  });

  it('gives verdicts back with their reasons', async () => {
    const store = await withAgency(open);
    const reason = { code: 'firewall_on', params: { products: 'ufw' } } as const;
    const verdicts = { ...KEY, judgedAtMs: 5, verdicts: [{ ruleId: 'firewall-on', verdict: 'pass', reason } as const] };
    await store.reports.saveVerdicts([verdicts]);
    expect(await store.reports.verdicts([KEY])).toEqual(new Map([[KEY.machineId, verdicts]]));
  });

  it('finds the machines whose verdicts have run out or are of another version', async () => {
    const store = await withAgency(open);
    await store.reports.saveStandings([
      { ...STANDING, machineId: 'fresh' },
      { ...STANDING, machineId: 'run-out', holdsUntilMs: 50 },
      { ...STANDING, machineId: 'old', judgedWith: 'v0' },
      { ...STANDING, machineId: 'retired', holdsUntilMs: 50, isRetired: true },
    ]);
    const due = await store.reports.dueForJudging(50, 'v1', 10);
    expect(due.map(({ machineId }) => machineId).toSorted()).toEqual(['old', 'run-out']);
    expect(await store.reports.dueForJudging(50, 'v1', 1)).toHaveLength(1);
  });
}

function describeFigures(open: () => Promise<Store>): void {
  it('counts alike machines together and leaves retired ones out', async () => {
    const store = await withAgency(open);
    await store.reports.saveStandings([
      { ...STANDING, machineId: 'a' },
      { ...STANDING, machineId: 'b' },
      { ...STANDING, machineId: 'c', lastSeenAtMs: 1_500 },
      { ...STANDING, machineId: 'd', lastSeenAtMs: 100, kind: undefined },
      { ...STANDING, machineId: 'e', isRetired: true },
    ]);
    const groups = await store.figures.groups({ reportingSinceMs: 2_000, silentSinceMs: 1_000, internetSinceDay: 0 });
    const alike = {
      agencyCode: 'H47.12',
      verdictKey: 'firewall-on=pass',
      antivirusKey: 'clamav=active',
      isOnInternet: undefined,
    };
    expect(groups.toSorted((a, b) => b.machineCount - a.machineCount || (a.state < b.state ? -1 : 1))).toEqual([
      { ...alike, kind: 'desktop', state: 'reporting', machineCount: 2 },
      { ...alike, kind: undefined, state: 'lost', machineCount: 1 },
      { ...alike, kind: 'desktop', state: 'silent', machineCount: 1 },
    ]);
  });

  it('keeps all of a transaction or nothing', async () => {
    const store = await withAgency(open);
    const failing = store.transaction(async ({ agencies }) => {
      await agencies.add({ code: 'H48', nameVi: 'x', level: 'unit' });
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.agencies.find('H48')).toBeUndefined();
    await expect(store.check()).resolves.toBeUndefined();
  });
}

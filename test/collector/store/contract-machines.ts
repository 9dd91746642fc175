import { expect, it } from 'vitest';
import { dayNumberOfDate, dayStartMs } from '#collector/catalogues/viet-nam-time.ts';
import type { StateBounds } from '#collector/store/figure-store.ts';
import { type MachineStanding, NOTHING_SEEN } from '#collector/store/report-rows.ts';
import type { Store } from '#collector/store/store.ts';

const AGENCY = 'H47.12';
const OTHER = 'H47.13';
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const DAY_MS = 86_400_000;

async function withAgencies(open: () => Promise<Store>): Promise<Store> {
  const store = await open();
  await store.agencies.add({ code: AGENCY, nameVi: 'Sở Tài chính', level: 'department' });
  await store.agencies.add({ code: OTHER, nameVi: 'Sở Y tế', level: 'department' });
  return store;
}

function machineOf(machineId: string, hostname = machineId) {
  const about = { fingerprint: machineId.padEnd(43, '0'), hostname, platform: 'linux', agentVersion: '0.1.0' } as const;
  return { agencyCode: AGENCY, machineId, publicKey: PUBLIC_KEY, enrolledAtMs: 1_000, ...about };
}

function standingOf(machineId: string, verdictKey: string): MachineStanding {
  const keys = { verdictKey, antivirusKey: 'clamav=active' };
  return { ...NOTHING_SEEN, agencyCode: AGENCY, machineId, kind: 'desktop', lastSeenAtMs: 1, reportCount: 1, ...keys };
}

function noon(date: string): number {
  return dayStartMs(dayNumberOfDate(date)) + DAY_MS / 2;
}

/** Bounds of the end of a day: three days silent, ten lost, a week of Internet. */
function boundsOf(date: string): StateBounds {
  const day = dayNumberOfDate(date);
  const endMs = dayStartMs(day + 1);
  return { reportingSinceMs: endMs - 3 * DAY_MS, silentSinceMs: endMs - 10 * DAY_MS, internetSinceDay: day - 6 };
}

/** What every store must do with the history of machines. */
export function describeMachineHistory(open: () => Promise<Store>): void {
  const day = dayNumberOfDate;

  it('gives the machines back as they stood at the end of a past day', async () => {
    const { history } = await withAgencies(open);
    await history.begin([standingOf('m1', 'a=pass'), standingOf('m2', 'a=pass')], noon('2026-01-30'));
    await history.begin([standingOf('m1', 'a=fail')], noon('2026-02-02'));
    const days = { agencyCode: AGENCY, tried: [], online: [] };
    const seen = ['2026-01-30', '2026-01-31', '2026-02-02'].map(day);
    await history.addDays([
      { ...days, machineId: 'm1', seen },
      { ...days, machineId: 'm2', seen: [day('2026-01-30')] },
    ]);
    const groupsAt = async (date: string) =>
      (await history.groupsAt(date, boundsOf(date)))
        .map(({ machineIds, state, verdicts }) => [machineIds, state, verdicts['a']])
        .toSorted((a, b) => (`${a}` < `${b}` ? -1 : 1));
    expect(await groupsAt('2026-01-29')).toEqual([]);
    expect(await groupsAt('2026-02-01')).toEqual([[['m1', 'm2'], 'reporting', 'pass']]);
    expect(await groupsAt('2026-02-02')).toEqual([
      [['m1'], 'reporting', 'fail'],
      [['m2'], 'silent', 'pass'],
    ]);
    expect(await groupsAt('2026-02-20')).toEqual([
      [['m1'], 'lost', 'fail'],
      [['m2'], 'lost', 'pass'],
    ]);
  });

  it('counts a machine once on every day though the clock was years ahead for a while', async () => {
    const { history } = await withAgencies(open);
    await history.begin([standingOf('m1', 'a=pass')], noon('2026-02-01'));
    await history.begin([standingOf('m1', 'a=fail')], noon('2031-02-01'));
    await history.begin([standingOf('m1', 'a=pass')], noon('2026-02-03'));
    await history.begin([{ ...standingOf('m1', 'a=pass'), isRetired: true }], noon('2026-02-10'));
    const countOn = async (date: string) =>
      (await history.groupsAt(date, boundsOf(date))).reduce((sum, { machineCount }) => sum + machineCount, 0);
    const dates = ['2026-02-01', '2026-02-02', '2026-02-03', '2026-02-09', '2026-02-10', '2030-12-31', '2031-02-02'];
    expect(await Promise.all(dates.map(countOn))).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect((await history.spansOf('m1', 9)).map(({ isRetired }) => isRetired)).toEqual([true, false, false]);
  });

  it('knows who was on the Internet, who was not and who never tried', async () => {
    const { history } = await withAgencies(open);
    const ids = ['never', 'reached', 'tried', 'long-ago'];
    await history.begin(
      ids.map((id) => standingOf(id, '')),
      noon('2026-02-01'),
    );
    const seen = [day('2026-03-01')];
    const days = { agencyCode: AGENCY, seen, tried: [], online: [] };
    await history.addDays([
      { ...days, machineId: 'never' },
      { ...days, machineId: 'reached', tried: [day('2026-02-24')], online: [day('2026-02-24')] },
      { ...days, machineId: 'tried', tried: [day('2026-03-01')] },
      { ...days, machineId: 'long-ago', tried: [day('2026-02-10')], online: [day('2026-02-10')] },
    ]);
    await history.addDays([{ ...days, machineId: 'tried', tried: [day('2026-03-02')], online: [day('2026-03-02')] }]);
    const groups = await history.groupsAt('2026-03-01', boundsOf('2026-03-01'));
    expect(new Map(groups.map(({ machineIds, isOnInternet }) => [machineIds?.join(), isOnInternet]))).toEqual(
      new Map([
        ['long-ago,never', undefined],
        ['reached', true],
        ['tried', false],
      ]),
    );
  });

  it('leaves out a machine from the day on which it was retired', async () => {
    const { history } = await withAgencies(open);
    await history.begin([standingOf('m1', '')], noon('2026-02-01'));
    await history.begin([{ ...standingOf('m1', ''), isRetired: true }], noon('2026-02-03'));
    expect(await history.groupsAt('2026-02-02', boundsOf('2026-02-02'))).toHaveLength(1);
    expect(await history.groupsAt('2026-02-03', boundsOf('2026-02-03'))).toEqual([]);
  });

  it('forgets what ended before a day and nothing that holds', async () => {
    const { history } = await withAgencies(open);
    await history.begin([standingOf('m1', 'a=pass')], noon('2026-01-05'));
    await history.begin([standingOf('m1', 'a=fail')], noon('2026-02-05'));
    await history.begin([standingOf('m1', 'a=pass')], noon('2026-03-05'));
    const days = [day('2026-01-05'), day('2026-03-05')];
    await history.addDays([{ agencyCode: AGENCY, machineId: 'm1', seen: days, tried: [], online: [] }]);
    expect(await history.forgetBefore('2026-03-01', 1)).toBe(2);
    expect(await history.forgetBefore('2026-03-01')).toBe(0);
    expect((await history.spansOf('m1', 9)).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [noon('2026-03-05'), undefined],
      [noon('2026-02-05'), noon('2026-03-05')],
    ]);
  });

  it('counts a moved machine for its agency of every day', async () => {
    const store = await withAgencies(open);
    await store.machines.save(machineOf('m1'));
    await store.history.begin([standingOf('m1', '')], noon('2026-02-01'));
    const move = { machineId: 'm1', fromCode: AGENCY, toCode: OTHER, movedBy: 'admin-1' };
    const times = { atMs: noon('2026-02-10'), sinceMs: noon('2026-02-05') };
    await store.transaction(({ machineMoves }) => machineMoves.move({ ...move, ...times }));
    const agencyOn = async (date: string) =>
      (await store.history.groupsAt(date, boundsOf(date))).map(({ agencyCode }) => agencyCode);
    expect([await agencyOn('2026-02-04'), await agencyOn('2026-02-05'), await agencyOn('2026-02-20')]).toEqual([
      [AGENCY],
      [OTHER],
      [OTHER],
    ]);
    expect((await store.machines.find('m1'))?.agencyCode).toBe(OTHER);
    expect(await store.machineMoves.movesOf('m1')).toEqual([{ ...move, ...times }]);
  });
}

/** What every store must do with the records of machines. */
export function describeMachineRecords(open: () => Promise<Store>): void {
  it('gives an asset list back, counts it and forgets rows of it', async () => {
    const { declaredMachines } = await withAgencies(open);
    const said = { asOf: '2026-01-01', source: 'QĐ 1', isStandAlone: false };
    const plain = { agencyCode: AGENCY, assetId: 'TS-1', ...said };
    const whole = {
      ...plain,
      assetId: 'TS-2',
      isStandAlone: true,
      hostName: 'pc-2',
      serial: 'S2',
      kind: 'laptop',
      location: 'Tầng 2',
      purpose: 'Văn phòng',
      responsibleUnit: 'Phòng Kế toán',
      supportEnd: '2027-01-01',
      linkedMachineId: 'm2',
    } as const;
    await declaredMachines.save([whole, plain]);
    await declaredMachines.save([{ ...plain, serial: 'S1' }]);
    expect(await declaredMachines.list(AGENCY)).toEqual([{ ...plain, serial: 'S1' }, whole]);
    expect(await declaredMachines.find(whole)).toEqual(whole);
    expect(await declaredMachines.counts()).toEqual(new Map([[AGENCY, { machineCount: 2, standAloneCount: 1 }]]));
    expect(await declaredMachines.agencyCodes()).toEqual([AGENCY]);
    await declaredMachines.remove([plain]);
    expect(await declaredMachines.list()).toEqual([whole]);
  });

  it('lists machines that fit, page by page', async () => {
    const store = await withAgencies(open);
    const machines = [machineOf('m1', 'pc-b'), machineOf('m2', 'pc-a'), machineOf('m3', 'Máy_C')];
    for (const machine of machines) await store.machines.save(machine);
    await store.reports.saveStandings([
      { ...standingOf('m1', 'firewall-on=fail;smb1-off=pass'), lastSeenAtMs: 5_000 },
      { ...standingOf('m2', 'firewall-on=pass;smb1-off=pass'), lastSeenAtMs: 2_000, kind: 'laptop' },
    ]);
    await store.machines.save({ ...machineOf('m4'), retiredAtMs: 5 });
    const conflict = {
      agencyCode: AGENCY,
      machineId: 'm1',
      kind: 'cloned-disk',
      detectedAtMs: 1,
      otherId: 'm2',
    } as const;
    await store.conflicts.save({ ...conflict, evidence: [] });
    const bounds = { reportingSinceMs: 4_000, silentSinceMs: 1_500, internetSinceDay: 0 };
    const found = async (query: Partial<Parameters<typeof store.machines.page>[0]>) =>
      (await store.machines.page({ limit: 10, ...query }, bounds)).map(({ machineId }) => machineId);
    expect(await found({})).toEqual(['m3', 'm4', 'm2', 'm1']);
    expect(await found({ limit: 2, after: [AGENCY, 'm4', 'm4'] })).toEqual(['m2', 'm1']);
    expect(await found({ state: 'reporting' })).toEqual(['m1']);
    expect(await found({ state: 'silent' })).toEqual(['m2']);
    expect(await found({ state: 'lost' })).toEqual(['m3']);
    expect(await found({ state: 'retired' })).toEqual(['m4']);
    expect(await found({ kind: 'laptop' })).toEqual(['m2']);
    expect(await found({ rule: { ruleId: 'smb1-off', verdict: 'pass' } })).toEqual(['m2', 'm1']);
    expect(await found({ rule: { ruleId: 'smb1-of', verdict: 'pass' } })).toEqual([]);
    expect(await found({ text: 'PC-' })).toEqual(['m2', 'm1']);
    expect(await found({ text: 'y_c' })).toEqual(['m3']);
    expect(await found({ text: '_' })).toEqual(['m3']);
    expect(await found({ hasConflict: true })).toEqual(['m2', 'm1']);
    expect(await found({ hasConflict: false })).toEqual(['m3', 'm4']);
    await store.conflicts.save({ ...conflict, evidence: [], decision: 'same-machine' });
    expect(await found({ hasConflict: true })).toEqual([]);
    expect(await found({ agencyCodes: new Set([OTHER]) })).toEqual([]);
  });

  it('knows what is said of a machine', async () => {
    const { machines } = await withAgencies(open);
    const key = { agencyCode: AGENCY, machineId: 'm1' };
    await machines.saveNotes(key, { location: 'Tầng 1', supportEnd: '2027-01-01' });
    await machines.saveNotes(key, { purpose: 'Văn phòng' });
    expect(await machines.notes([key])).toEqual(new Map([['m1', { purpose: 'Văn phòng' }]]));
  });

  it('notes when no collector was there', async () => {
    const { absences } = await open();
    expect(await absences.lastBeatMs()).toBeUndefined();
    expect(await absences.beat(1_000, 100)).toBeUndefined();
    expect(await absences.lastBeatMs()).toBe(1_000);
    expect(await absences.beat(1_100, 100)).toBeUndefined();
    expect(await absences.beat(5_000, 100)).toEqual({ fromMs: 1_100, toMs: 5_000 });
    expect(await absences.list()).toEqual([{ fromMs: 1_100, toMs: 5_000 }]);
  });

  it('takes back what a clock said that was ahead', async () => {
    const { absences } = await open();
    for (const atMs of [1_000, 9_000, 2_000, 2_050]) await absences.beat(atMs, 100);
    expect(await absences.list()).toEqual([{ fromMs: 1_000, toMs: 2_000 }]);
  });

  it('counts the machines on the Internet, with their ids when asked', async () => {
    const { reports, figures } = await withAgencies(open);
    await reports.saveStandings([
      { ...standingOf('m2', ''), triedDay: 9, onlineDay: 9 },
      { ...standingOf('m1', ''), triedDay: 12, onlineDay: 10 },
      { ...standingOf('m3', ''), triedDay: 9, onlineDay: 8 },
      standingOf('m4', ''),
    ]);
    const groups = await figures.groups(
      { reportingSinceMs: 0, silentSinceMs: 0, internetSinceDay: 9 },
      { withIds: true },
    );
    expect(new Map(groups.map(({ machineIds, isOnInternet }) => [machineIds?.join(), isOnInternet]))).toEqual(
      new Map([
        ['m1,m2', true],
        ['m3', false],
        ['m4', undefined],
      ]),
    );
  });
}

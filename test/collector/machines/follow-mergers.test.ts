import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumberOfDate, dayStartMs } from '#collector/catalogues/viet-nam-time.ts';
import { enrolMachine } from '#collector/ingest/enrol-machine.ts';
import { followMergers } from '#collector/machines/follow-mergers.ts';
import { listUnassigned } from '#collector/machines/machine-lists.ts';
import { moveMachine } from '#collector/machines/move-machine.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { NOTHING_SEEN } from '#collector/store/report-rows.ts';
import type { Store } from '#collector/store/store.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { AGENCY, enrolmentOf, ingestRig, MONDAY_MS, temporaryStore } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;
const HEIR = 'H47.20';

function boundsOf(date: string) {
  const endMs = dayStartMs(dayNumberOfDate(date) + 1);
  return { reportingSinceMs: endMs - 3 * DAY_MS, silentSinceMs: endMs - 20 * DAY_MS, internetSinceDay: 0 };
}

describe('followMergers()', () => {
  it('moves machines and assets of a closed agency from the day the register says', async () => {
    const rig = await ingestRig();
    const { store } = rig;
    const { machineId } = await rig.machine();
    const token = await rig.token();
    await store.agencies.add({ code: HEIR, nameVi: 'Sở mới', level: 'department' });
    const closed = { code: AGENCY, nameVi: 'Sở Tài chính', level: 'department', validTo: '2026-03-04' } as const;
    const facts = await store.register.facts();
    const agencies = [{ ...closed, replacedBy: HEIR }];
    await store.register.save({ ...facts, agencies, versions: [], numbers: [], items: [] });
    const asset = { agencyCode: AGENCY, assetId: 'TS-1', isStandAlone: false, asOf: '2026-01-01', source: 'QĐ 1' };
    await store.declaredMachines.save([asset, { ...asset, agencyCode: HEIR, source: 'QĐ 2' }]);
    expect(await followMergers(store, MONDAY_MS)).toBe(0);
    const atMs = MONDAY_MS + 10 * DAY_MS;
    expect([await followMergers(store, atMs), await followMergers(store, atMs)]).toEqual([1, 0]);
    expect((await store.machines.find(machineId))?.agencyCode).toBe(HEIR);
    const agencyOn = async (day: string) => (await store.history.groupsAt(day, boundsOf(day)))[0]?.agencyCode;
    expect([await agencyOn('2026-03-04'), await agencyOn('2026-03-05')]).toEqual([AGENCY, HEIR]);
    expect((await store.declaredMachines.list()).map(({ agencyCode, assetId }) => [agencyCode, assetId])).toEqual([
      [HEIR, `${AGENCY}/TS-1`],
      [HEIR, 'TS-1'],
    ]);
    expect(await store.audit.list({ limit: 9 })).toMatchObject([{ action: 'machine.move', target: machineId }]);
    const { publicKey } = await generateKeyPair();
    const joined = await enrolMachine(rig.enrolment, enrolmentOf(token, publicKey, 'late'), atMs);
    expect(joined.agencyCode).toBe(HEIR);
  });

  it('asks for machines and assets of all closed agencies at once, also where one passes through another', async () => {
    const rig = await ingestRig();
    const { store } = rig;
    const { machineId } = await rig.machine();
    const codes = [AGENCY, 'H47.21', 'H47.22', 'H47.23', 'H47.24'];
    for (const code of codes.slice(1)) await store.agencies.add({ code, nameVi: code, level: 'department' });
    const facts = await store.register.facts();
    const agencies = codes.slice(0, -1).map((code, index) => {
      const closed = { code, nameVi: code, level: 'department', validTo: `2026-03-0${index + 3}` } as const;
      return { ...closed, replacedBy: codes[index + 1] ?? '' };
    });
    await store.register.save({ ...facts, agencies, versions: [], numbers: [], items: [] });
    const asset = { agencyCode: AGENCY, assetId: 'TS-1', isStandAlone: false, asOf: '2026-01-01', source: 'QĐ 1' };
    await store.declaredMachines.save([asset]);
    const asked: string[] = [];
    const { machines, declaredMachines } = store;
    const counting: Store = {
      ...store,
      machines: {
        ...machines,
        agencyCodes: () => {
          asked.push('machines');
          return machines.agencyCodes();
        },
      },
      declaredMachines: {
        ...declaredMachines,
        agencyCodes: () => {
          asked.push('assets');
          return declaredMachines.agencyCodes();
        },
        list: (code) => {
          asked.push(`assets of ${code}`);
          return declaredMachines.list(code);
        },
      },
    };
    const atMs = MONDAY_MS + 10 * DAY_MS;
    expect(await followMergers(counting, atMs)).toBe(4);
    expect((await machines.find(machineId))?.agencyCode).toBe('H47.24');
    expect((await declaredMachines.list()).map(({ agencyCode }) => agencyCode)).toEqual(['H47.24']);
    expect(await followMergers(counting, atMs)).toBe(0);
    expect(asked).toEqual(['machines', 'assets', 'machines', 'assets']);
  });

  it('leaves machines of an agency without a successor to be assigned', async () => {
    const rig = await ingestRig();
    const { machineId } = await rig.machine();
    const gone = { code: AGENCY, nameVi: 'Sở Tài chính', level: 'department', validTo: '2026-03-04' } as const;
    const facts = await rig.store.register.facts();
    await rig.store.register.save({ ...facts, agencies: [gone], versions: [], numbers: [], items: [] });
    const atMs = MONDAY_MS + 10 * DAY_MS;
    expect(await followMergers(rig.store, atMs)).toBe(0);
    expect(await listUnassigned(rig.store, MONDAY_MS)).toEqual([]);
    expect((await listUnassigned(rig.store, atMs)).map((machine) => machine.machineId)).toEqual([machineId]);
  });
});

describe('moveMachine()', () => {
  it('never changes the total over all agencies, today or on any day before', async () => {
    const agencies = ['H47.1', 'H47.2', 'H47.3'];
    const machineIds = ['m1', 'm2', 'm3', 'm4'];
    const steps = array(
      record({
        machineId: constantFrom(...machineIds),
        toCode: constantFrom(...agencies),
        backDays: integer({ min: 0, max: 9 }),
      }),
      { maxLength: 12 },
    );
    const days = ['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-13'];
    await assert(
      asyncProperty(steps, async (moves) => {
        const store = await temporaryStore();
        for (const code of agencies) await store.agencies.add({ code, nameVi: code, level: 'commune' });
        for (const machineId of machineIds) {
          const key = { agencyCode: 'H47.1', machineId };
          const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
          const about = {
            fingerprint: machineId.padEnd(43),
            hostname: machineId,
            platform: 'linux',
            agentVersion: '1',
          } as const;
          await store.machines.save({ ...key, ...about, publicKey, enrolledAtMs: MONDAY_MS });
          const standing = { ...NOTHING_SEEN, ...key, lastSeenAtMs: MONDAY_MS };
          await store.reports.saveStandings([standing]);
          await store.history.begin([standing], MONDAY_MS);
        }
        for (const [index, { machineId, toCode, backDays }] of moves.entries()) {
          const fromCode = (await store.machines.find(machineId))?.agencyCode ?? '';
          if (fromCode === toCode) continue;
          const atMs = MONDAY_MS + (index + 1) * DAY_MS;
          const move = { machineId, fromCode, toCode, atMs, sinceMs: atMs - backDays * DAY_MS, movedBy: 'admin-1' };
          await store.transaction((transaction) => moveMachine(transaction, move, COMMAND_LINE));
        }
        const bounds = { reportingSinceMs: 0, silentSinceMs: 0, internetSinceDay: 0 };
        const total = (groups: readonly { machineCount: number }[]) =>
          groups.reduce((sum, { machineCount }) => sum + machineCount, 0);
        expect(total(await store.figures.groups(bounds))).toBe(machineIds.length);
        for (const day of days) expect(total(await store.history.groupsAt(day, bounds))).toBe(machineIds.length);
      }),
      { numRuns: 12 },
    );
  });
});

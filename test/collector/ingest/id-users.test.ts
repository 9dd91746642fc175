import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#collector/catalogues/viet-nam-time.ts';
import { decideConflict } from '#collector/machines/decide-conflict.ts';
import { replaceFingerprints } from '#collector/machines/replace-fingerprints.ts';
import {
  AGENCY,
  type IngestRig,
  ingestRig,
  joinMachine,
  MONDAY_MS,
  type ReportingMachine,
} from './reporting-machine.ts';

const HOUR_MS = 3_600_000;
const ORIGINAL = 'a'.padEnd(43, '0');
const COPY = 'b'.padEnd(43, '0');

function selfOf(fingerprint: string) {
  const about = { agentVersion: '0.1.0', runtime: 'v22.11.0', mode: 'resident' };
  return { ...about, fingerprint, queuedReportCount: 0, refusedReportCount: 0, restingProbes: [] };
}

/** Sends one report an hour under one machine id, each from the hardware of a fingerprint; tells how each ended. */
async function sendFrom(rig: IngestRig, machine: ReportingMachine, fingerprints: readonly string[], firstSeq = 1) {
  const ends: string[] = [];
  for (const [index, fingerprint] of fingerprints.entries()) {
    const seq = firstSeq + index;
    const atMs = MONDAY_MS + seq * HOUR_MS;
    const report = await machine.report({ seq, atMs, seen: { self: { value: selfOf(fingerprint) } } });
    ends.push(
      await rig.intake.accept(report).then(
        () => 'accepted',
        (error: { code: string }) => error.code,
      ),
    );
  }
  return ends;
}

async function countMachines({ store }: IngestRig): Promise<number> {
  const bounds = { reportingSinceMs: 0, silentSinceMs: 0, internetSinceDay: 0 };
  return (await store.figures.groups(bounds)).reduce((sum, { machineCount }) => sum + machineCount, 0);
}

describe('IdUsers with a cloned disk', () => {
  it('shows a conflict, counts two machines, lets the older go on and refuses the newer', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    const turns = [ORIGINAL, COPY, ORIGINAL, COPY, ORIGINAL];
    expect(await sendFrom(rig, machine, turns)).toEqual([
      ...['accepted', 'accepted', 'accepted', 'MACHINE_CONFLICT', 'accepted'],
    ]);
    const [conflict, ...others] = await rig.store.conflicts.open();
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ agencyCode: AGENCY, machineId: machine.machineId, kind: 'cloned-disk' });
    expect(conflict?.evidence.map(({ fingerprint, firstSeenAtMs }) => ({ fingerprint, firstSeenAtMs }))).toEqual([
      { fingerprint: ORIGINAL, firstSeenAtMs: MONDAY_MS },
      { fingerprint: COPY, firstSeenAtMs: MONDAY_MS + 2 * HOUR_MS },
    ]);
    expect(conflict?.evidence.every(({ selfHash }) => selfHash?.length === 16)).toBe(true);
    expect(await countMachines(rig)).toBe(2);
  });

  it('finds a copy whose numbers lag behind, though nothing of it is kept', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    await sendFrom(rig, machine, [ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL]);
    const quiet = { self: { value: selfOf(COPY), isQuiet: true } };
    expect((await rig.intake.accept(await machine.report({ seq: 2, seen: quiet }))).resend).toEqual(['self']);
    expect(await sendFrom(rig, machine, [COPY], 3)).toEqual(['accepted']);
    expect(await sendFrom(rig, machine, [ORIGINAL], 6)).toEqual(['accepted']);
    expect(await sendFrom(rig, machine, [COPY], 4)).toEqual(['MACHINE_CONFLICT']);
    expect(await rig.store.conflicts.open()).toHaveLength(1);
  });

  it('knows the newer by the hash alone', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    await sendFrom(rig, machine, [ORIGINAL, COPY, ORIGINAL]);
    const quiet = (fingerprint: string, seq: number) =>
      machine.report({ seq, seen: { self: { value: selfOf(fingerprint), isQuiet: true } } });
    await expect(rig.intake.accept(await quiet(COPY, 4))).rejects.toMatchObject({ code: 'MACHINE_CONFLICT' });
    expect((await rig.intake.accept(await quiet(ORIGINAL, 5))).acceptedSeq).toBe(5);
  });

  it('is settled when the newer joins again and gets an id of its own', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    await sendFrom(rig, machine, [ORIGINAL, COPY, ORIGINAL]);
    const [conflict] = await rig.store.conflicts.open();
    const joined = await joinMachine(rig, await rig.token(), 'b');
    expect(joined.machineId).toBe(conflict?.otherId);
    expect(await sendFrom(rig, joined, [COPY])).toEqual(['accepted']);
    expect(await rig.store.conflicts.open()).toEqual([]);
    expect(await countMachines(rig)).toBe(2);
  });

  it('ends with one machine that may have either fingerprint when a person says so', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    await sendFrom(rig, machine, [ORIGINAL, COPY, ORIGINAL]);
    const [conflict] = await rig.store.conflicts.open();
    if (conflict === undefined) throw new TypeError('There is no conflict');
    const deciding = { decision: 'same-machine', decidedBy: 'admin-1', atMs: MONDAY_MS + DAY_MS } as const;
    await rig.store.transaction((store) => decideConflict(store, conflict, deciding));
    expect(await sendFrom(rig, machine, [COPY, ORIGINAL, COPY], 4)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await countMachines(rig)).toBe(1);
  });
});

describe('IdUsers with a new motherboard', () => {
  it('takes no old report that is sent again for a copy', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    const old = await machine.report({ seq: 1, seen: { self: { value: selfOf(ORIGINAL) } } });
    await rig.intake.accept(old);
    await sendFrom(rig, machine, [COPY], 50);
    expect((await rig.intake.accept({ ...old, arrivedAtMs: MONDAY_MS + 3 * DAY_MS })).acceptedSeq).toBe(1);
    expect(await rig.store.conflicts.open()).toEqual([]);
    expect(await sendFrom(rig, machine, [COPY], 51)).toEqual(['accepted']);
  });

  it('notes it, and takes the fingerprint for its own after a week without the old one', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine('a');
    expect(await sendFrom(rig, machine, [ORIGINAL, COPY, COPY])).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await rig.store.conflicts.open()).toEqual([]);
    expect(await replaceFingerprints(rig.store, MONDAY_MS + 6 * DAY_MS)).toBe(0);
    expect(await replaceFingerprints(rig.store, MONDAY_MS + 8 * DAY_MS)).toBe(1);
    expect((await rig.machine('b')).machineId).toBe(machine.machineId);
    const events = await rig.store.machines.events({ agencyCode: AGENCY, machineId: machine.machineId });
    expect(events.map(({ event }) => event).toSorted()).toEqual([
      ...['enrolled', 'fingerprint-changed', 'fingerprint-replaced', 're-enrolled'],
    ]);
  });
});

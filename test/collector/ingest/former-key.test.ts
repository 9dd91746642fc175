import { describe, expect, it } from 'vitest';
import { AGENCY, FIREWALL_SEEN, ingestRig, MONDAY_MS } from './reporting-machine.ts';

const HOUR_MS = 3_600_000;
const SEEN = { firewall: { value: FIREWALL_SEEN } };

describe('findByFormerKey()', () => {
  it('parts two PCs that share a junk serial: both are kept and both go on', async () => {
    const rig = await ingestRig();
    const former = await rig.machine('junk');
    await rig.intake.accept(await former.report({ seq: 40, seen: SEEN }));
    const second = await rig.machine('junk');
    expect(second.machineId).toBe(former.machineId);
    await rig.intake.accept(await second.report({ seq: 1, seen: SEEN }));
    const later = { atMs: MONDAY_MS + 2 * HOUR_MS, seen: SEEN };
    expect((await rig.intake.accept(await former.report({ seq: 41, ...later }))).acceptedSeq).toBe(41);
    expect((await rig.intake.accept(await second.report({ seq: 2, ...later }))).acceptedSeq).toBe(2);
    expect((await rig.intake.accept(await former.report({ seq: 42, ...later }))).acceptedSeq).toBe(42);
    const [conflict] = await rig.store.conflicts.open();
    expect(conflict).toMatchObject({ machineId: former.machineId, kind: 'shared-fingerprint' });
    const keys = [former.machineId, conflict?.otherId ?? ''].map((machineId) => ({ agencyCode: AGENCY, machineId }));
    const standings = await rig.store.reports.standings(keys);
    expect([...standings.values()].map(({ lastSeq }) => lastSeq).toSorted((a, b) => a - b)).toEqual([2, 42]);
  });

  it('takes a report with the former key for one that was under way right after the machine joined again', async () => {
    const rig = await ingestRig();
    const before = await rig.machine();
    await rig.machine();
    const report = await before.report({ seq: 6, atMs: MONDAY_MS + HOUR_MS / 2 });
    await expect(rig.intake.accept(report)).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect(await rig.store.conflicts.open()).toEqual([]);
  });

  it('lets a third join as a machine of its own, and each of them again by its host name', async () => {
    const rig = await ingestRig();
    const former = await rig.machine('junk', 'pc-1');
    await rig.machine('junk', 'pc-2');
    await rig.intake.accept(await former.report({ seq: 2, atMs: MONDAY_MS + 2 * HOUR_MS }));
    const third = await rig.machine('junk', 'pc-3');
    const again = await rig.machine('junk', 'pc-1');
    expect(again.machineId).toBe(former.machineId);
    expect(third.machineId).not.toBe(former.machineId);
    expect(await rig.store.machines.list()).toHaveLength(3);
  });
});

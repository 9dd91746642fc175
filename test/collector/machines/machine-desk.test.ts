import { describe, expect, it } from 'vitest';
import { MachineDesk } from '#collector/machines/machine-desk.ts';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';
import { registerAt } from '#collector/register/register-state.ts';
import {
  AGENCY,
  FIREWALL_SEEN,
  type IngestRig,
  ingestRig,
  joinMachine,
  MONDAY_MS,
} from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;
const OTHER = 'H47.13';
const OFFICER: Principal = { kind: 'account', id: 'a1', name: 'agency-1', role: 'agency', agencyCode: AGENCY };

async function deskRig() {
  const rig = await ingestRig();
  await rig.store.agencies.add({ code: OTHER, nameVi: 'Sở Y tế', level: 'department' });
  const clock = { nowMs: MONDAY_MS };
  const bounds = { reportingSinceMs: MONDAY_MS - DAY_MS, silentSinceMs: 0, internetSinceDay: 0 };
  const desk = new MachineDesk({
    store: rig.store,
    ageing: { boundsAt: () => bounds },
    registerState: async () => registerAt(await rig.store.register.facts(), '2026-03-02'),
    nowMs: () => clock.nowMs,
  });
  return { rig, desk, clock };
}

async function auditOf({ store }: IngestRig) {
  return (await store.audit.list({ limit: 9 })).map(({ action, target, detail }) => ({ action, target, detail }));
}

describe('MachineDesk.setNotes()', () => {
  it('keeps what is said, forgets what is null, and leaves a line of each change', async () => {
    const { rig, desk } = await deskRig();
    const { machineId } = await rig.machine();
    await desk.setNotes(COMMAND_LINE, machineId, { location: 'Tầng 2', purpose: 'Văn phòng' });
    await desk.setNotes(COMMAND_LINE, machineId, { purpose: null, supportEnd: '2027-01-01' });
    expect((await desk.show(machineId)).notes).toEqual({ location: 'Tầng 2', supportEnd: '2027-01-01' });
    expect(await auditOf(rig)).toEqual([
      { action: 'machine.set', target: machineId, detail: { purpose: '', supportEnd: '2027-01-01' } },
      { action: 'machine.set', target: machineId, detail: { location: 'Tầng 2', purpose: 'Văn phòng' } },
    ]);
  });

  it('refuses a day that is none, by its field', async () => {
    const { rig, desk } = await deskRig();
    const { machineId } = await rig.machine();
    await expect(desk.setNotes(COMMAND_LINE, machineId, { supportEnd: '2027-02-30' })).rejects.toMatchObject({
      code: 'MACHINE_INVALID',
      message: expect.stringContaining('"supportEnd"'),
    });
  });
});

describe('MachineDesk.move()', () => {
  it('takes everything along, and the machine reports on without joining again', async () => {
    const { rig, desk, clock } = await deskRig();
    const machine = await rig.machine();
    const seen = { firewall: { value: FIREWALL_SEEN } };
    await rig.intake.accept(await machine.report({ seq: 1, seen }));
    clock.nowMs += DAY_MS;
    await desk.move(COMMAND_LINE, machine.machineId, OTHER);
    const quiet = { firewall: { value: FIREWALL_SEEN, isQuiet: true } };
    const answer = await rig.intake.accept(await machine.report({ seq: 2, atMs: clock.nowMs + 1, seen: quiet }));
    expect([answer.acceptedSeq, answer.resend]).toEqual([2, []]);
    const { machine: moved, moves, events, spans } = await desk.show(machine.machineId);
    expect(moved.agencyCode).toBe(OTHER);
    expect(moves.map(({ fromCode, toCode, movedBy }) => [fromCode, toCode, movedBy])).toEqual([
      [AGENCY, OTHER, 'command line'],
    ]);
    expect(events.map(({ event }) => event)).toEqual(['moved', 'enrolled']);
    expect(new Set(spans.map(({ agencyCode }) => agencyCode))).toEqual(new Set([AGENCY, OTHER]));
    expect((await auditOf(rig))[0]?.action).toBe('machine.move');
  });

  it('does not refuse a report that is on its way while the machine moves', async () => {
    const { rig, desk, clock } = await deskRig();
    const machine = await rig.machine();
    await rig.intake.accept(await machine.report({ seq: 1 }));
    clock.nowMs += 1;
    const reports = await Promise.all([2, 3].map((seq) => machine.report({ seq, atMs: MONDAY_MS + seq })));
    const [first, second] = reports;
    if (first === undefined || second === undefined) throw new TypeError('There are no reports');
    // The directory knows the former agency still, and the move comes between verifying and writing.
    const accepted = rig.intake.accept(first);
    await Promise.all([desk.move(COMMAND_LINE, machine.machineId, OTHER), accepted]);
    expect((await accepted).acceptedSeq).toBe(2);
    expect((await rig.intake.accept(second)).acceptedSeq).toBe(3);
  });

  it('refuses an agency that is not there, that one may not see, or that it belongs to', async () => {
    const { rig, desk } = await deskRig();
    const { machineId } = await rig.machine();
    await expect(desk.move(COMMAND_LINE, machineId, 'H47.99')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    await expect(desk.move(OFFICER, machineId, OTHER)).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    await expect(desk.move(OFFICER, machineId, AGENCY)).rejects.toMatchObject({ code: 'MACHINE_INVALID' });
    await expect(desk.move(COMMAND_LINE, 'nobody', OTHER)).rejects.toMatchObject({ code: 'MACHINE_NOT_FOUND' });
  });
});

describe('MachineDesk.retire()', () => {
  it('takes a machine out of the counts and its reports out of the intake, until it is brought back', async () => {
    const { rig, desk, clock } = await deskRig();
    const machine = await rig.machine();
    await desk.retire(COMMAND_LINE, machine.machineId);
    const retired = await rig.intake.accept(await machine.report({ seq: 1 })).catch((error) => error.code);
    expect([retired, (await desk.list({ limit: 9 }))[0]?.state]).toEqual(['MACHINE_RETIRED', 'retired']);
    clock.nowMs += 1;
    await desk.bringBack(COMMAND_LINE, machine.machineId);
    expect((await rig.intake.accept(await machine.report({ seq: 1 }))).acceptedSeq).toBe(1);
    expect((await desk.list({ limit: 9 }))[0]?.state).toBe('reporting');
    expect((await auditOf(rig)).map(({ action }) => action)).toEqual(['machine.set', 'machine.retire']);
  });
});

describe('MachineDesk.decide()', () => {
  it('refuses to decide where nothing is open', async () => {
    const { rig, desk } = await deskRig();
    const { machineId } = await rig.machine();
    await expect(desk.decide(COMMAND_LINE, machineId, 'two-machines')).rejects.toMatchObject({
      code: 'MACHINE_INVALID',
    });
  });

  it('settles a shared serial as two machines, or retires the second', async () => {
    const { rig, desk, clock } = await deskRig();
    const former = await rig.machine('junk');
    const second = await rig.machine('junk');
    clock.nowMs += 3 * 3_600_000;
    await rig.intake.accept(await former.report({ seq: 9, atMs: clock.nowMs }));
    const [conflict] = await desk.conflicts();
    expect(conflict?.machineId).toBe(former.machineId);
    await desk.decide(COMMAND_LINE, conflict?.otherId ?? '', 'retire');
    expect(await desk.conflicts()).toEqual([]);
    await expect(rig.intake.accept(await second.report({ seq: 1, atMs: clock.nowMs }))).rejects.toMatchObject({
      code: 'MACHINE_RETIRED',
    });
    expect((await rig.intake.accept(await former.report({ seq: 10, atMs: clock.nowMs }))).acceptedSeq).toBe(10);
  });
});

describe('MachineDesk lists', () => {
  const SAID = { agencyCode: AGENCY, isStandAlone: false, asOf: '2026-01-01', source: 'QĐ 1' };

  it('shows what only the agents know, what only the asset list knows, and what must not be', async () => {
    const { rig, desk } = await deskRig();
    const [listed, alone, extra] = [
      await rig.machine('a', 'pc-a'),
      await rig.machine('b', 'pc-b'),
      await rig.machine('c', 'pc-c'),
    ];
    const elsewhere = await joinMachine(rig, await rig.token(OTHER), 'd', 'pc-d');
    await rig.store.declaredMachines.save([
      { ...SAID, assetId: 'TS-1', hostName: 'PC-A' },
      { ...SAID, assetId: 'TS-2', hostName: 'pc-b', isStandAlone: true },
      { ...SAID, assetId: 'TS-3', hostName: 'pc-x' },
      { ...SAID, assetId: 'TS-4', isStandAlone: true },
    ]);
    expect((await desk.assets()).map(({ assetId, state, machineId }) => [assetId, state, machineId])).toEqual([
      ['TS-1', 'matched', listed.machineId],
      ['TS-2', 'misconnected', alone.machineId],
      ['TS-3', 'unseen', undefined],
      ['TS-4', 'stand-alone', undefined],
    ]);
    expect((await desk.unregistered()).map(({ machineId }) => machineId)).toEqual([extra.machineId]);
    expect((await desk.unseen(new Set([AGENCY]))).map(({ assetId }) => assetId)).toEqual(['TS-3']);
    expect((await desk.show(alone.machineId)).asset?.state).toBe('misconnected');
    await desk.link(COMMAND_LINE, { agencyCode: AGENCY, assetId: 'TS-3' }, extra.machineId);
    expect(await desk.unregistered()).toEqual([]);
    await expect(
      desk.link(COMMAND_LINE, { agencyCode: AGENCY, assetId: 'TS-4' }, elsewhere.machineId),
    ).rejects.toMatchObject({ code: 'MACHINE_INVALID' });
  });
});

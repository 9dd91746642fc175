import { describe, expect, it } from 'vitest';
import { dayNumber, dayStartMs, isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import { type SignedReport, takeCarriedReports } from '#collector/ingest/take-carried-reports.ts';
import { AGENCY, FIREWALL_SEEN, ingestRig, MONDAY_MS, type ReportingMachine, TIME_SEEN } from './reporting-machine.ts';
import { retireFor } from './retire-machine.ts';

const DAY_MS = 86_400_000;

async function rigWithMachine() {
  const rig = await ingestRig();
  const machine = await rig.machine();
  const { machineId } = machine;
  const take = (reports: readonly SignedReport[], atMs = MONDAY_MS + 30 * DAY_MS) =>
    takeCarriedReports(rig.carried, reports, atMs);
  const standing = async () => (await rig.store.reports.standings([{ agencyCode: AGENCY, machineId }])).get(machineId);
  return { rig, machine, take, standing };
}

async function carried(machine: ReportingMachine, content: Parameters<ReportingMachine['report']>[0]) {
  const { body, signature } = await machine.report(content);
  return { seq: content.seq, body: body.toString(), signature };
}

const results = (taking: Awaited<ReturnType<typeof takeCarriedReports>>) =>
  taking.outcomes.map(({ seq, result, code }) => [seq, result, ...(code === undefined ? [] : [code])]);

describe('takeCarriedReports()', () => {
  it('takes reports in the order of their numbers, each once, and asks for what is lacking', async () => {
    const { rig, machine, take, standing } = await rigWithMachine();
    const first = await carried(machine, { seq: 1, seen: { firewall: { value: FIREWALL_SEEN } } });
    const second = await carried(machine, { seq: 2, seen: { time: { value: TIME_SEEN, isQuiet: true } } });
    const taking = await take([second, first]);
    expect([results(taking), taking.resend]).toEqual([
      [
        [1, 'accepted'],
        [2, 'accepted'],
      ],
      ['time'],
    ]);
    const before = await standing();
    const third = await carried(machine, { seq: 3, seen: { time: { value: TIME_SEEN } } });
    expect(results(await take([first, second, third]))).toEqual([
      [1, 'duplicate'],
      [2, 'duplicate'],
      [3, 'accepted'],
    ]);
    expect(before).toMatchObject({ lastSeq: 2, reportCount: 2 });
    expect(await standing()).toMatchObject({ lastSeq: 3, reportCount: 3 });
    expect(rig.counts.list()).toEqual([
      { result: 'accepted', count: 3 },
      { result: 'duplicate', count: 2 },
    ]);
  });

  it('takes a report by its own clock: alive when it was made, and no word on the clock', async () => {
    const { rig, machine, take, standing } = await rigWithMachine();
    const madeAtMs = MONDAY_MS + 3 * DAY_MS;
    await take([await carried(machine, { seq: 1, atMs: madeAtMs, seen: { firewall: { value: FIREWALL_SEEN } } })]);
    expect(await standing()).toMatchObject({ lastSeenAtMs: madeAtMs, clockOffsetMs: undefined });
    const kept = await rig.store.reports.observations([{ agencyCode: AGENCY, machineId: machine.machineId }]);
    expect(kept.get(machine.machineId)?.get('firewall')?.observedAtMs).toBe(madeAtMs);
  });

  it('never believes a clock that is ahead of the arrival', async () => {
    const { machine, take, standing } = await rigWithMachine();
    const arrivedAtMs = MONDAY_MS + DAY_MS;
    await take([await carried(machine, { seq: 1, atMs: MONDAY_MS, clockOffsetMs: 400 * DAY_MS })], arrivedAtMs);
    expect(await standing()).toMatchObject({ lastSeenAtMs: arrivedAtMs });
  });

  it('never makes a machine seen last earlier than it was', async () => {
    const { rig, machine, take, standing } = await rigWithMachine();
    const onlineAtMs = MONDAY_MS + 10 * DAY_MS;
    await rig.intake.accept(await machine.report({ seq: 1, atMs: onlineAtMs }));
    await take([await carried(machine, { seq: 2, atMs: MONDAY_MS + DAY_MS })]);
    expect(await standing()).toMatchObject({ lastSeq: 2, lastSeenAtMs: onlineAtMs });
  });

  it('notes every day on which the machine lived', async () => {
    const { rig, machine, take } = await rigWithMachine();
    const days = [1, 1, 2, 5];
    const reports = days.map((day, index) => carried(machine, { seq: index + 1, atMs: MONDAY_MS + day * DAY_MS }));
    await take(await Promise.all(reports));
    // On a day on which it was not seen it is silent, however short the bound.
    const stateOn = async (day: number) => {
      const startMs = dayStartMs(dayNumber(MONDAY_MS + day * DAY_MS));
      const bounds = { reportingSinceMs: startMs, silentSinceMs: 0, internetSinceDay: 0 };
      const [group] = await rig.store.history.groupsAt(isoDateOf(startMs), bounds);
      return group?.state;
    };
    const states = await Promise.all([0, 1, 2, 3, 4, 5].map((day) => stateOn(day)));
    expect(states).toEqual(['reporting', 'reporting', 'reporting', 'silent', 'silent', 'reporting']);
  });

  it('stops at a report that was changed, so that nothing behind it hides that it is missing', async () => {
    const { machine, take, standing } = await rigWithMachine();
    const reports = await Promise.all([1, 2, 3, 4].map((seq) => carried(machine, { seq })));
    const changed = reports.map((one) => (one.seq === 2 ? { ...one, body: `${one.body} ` } : one));
    expect(results(await take(changed))).toEqual([
      [1, 'accepted'],
      [2, 'refused', 'SIGNATURE_INVALID'],
      [3, 'postponed'],
      [4, 'postponed'],
    ]);
    expect(await standing()).toMatchObject({ lastSeq: 1 });
    expect(results(await take(reports))).toEqual([
      [1, 'duplicate'],
      [2, 'accepted'],
      [3, 'accepted'],
      [4, 'accepted'],
    ]);
  });

  it('goes on behind a report that its machine signed and nobody will ever take', async () => {
    const { machine, take } = await rigWithMachine();
    const reports = await Promise.all([
      carried(machine, { seq: 1 }),
      carried(machine, { seq: 2, extra: { networks: 'none' } }),
      carried(machine, { seq: 3 }),
    ]);
    expect(results(await take(reports))).toEqual([
      [1, 'accepted'],
      [2, 'refused', 'REPORT_INVALID'],
      [3, 'accepted'],
    ]);
  });

  it('takes nothing of a retired machine', async () => {
    const { rig, machine, take } = await rigWithMachine();
    await retireFor(rig, machine.machineId);
    const reports = await Promise.all([1, 2].map((seq) => carried(machine, { seq })));
    expect(results(await take(reports))).toEqual([
      [1, 'refused', 'MACHINE_RETIRED'],
      [2, 'postponed'],
    ]);
  });
});

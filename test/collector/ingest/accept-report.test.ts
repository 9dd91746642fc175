import { describe, expect, it } from 'vitest';
import { SLOTS_PER_DAY } from '#collector/store/slot-set.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, FIREWALL_SEEN, type IngestRig, ingestRig, MONDAY_MS, TIME_SEEN } from './reporting-machine.ts';
import { retireFor } from './retire-machine.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

async function standingOf({ store }: IngestRig, machineId: string) {
  return (await store.reports.standings([{ agencyCode: AGENCY, machineId }])).get(machineId);
}

async function verdictOf({ store }: IngestRig, machineId: string, ruleId: string) {
  const all = (await store.reports.verdicts([{ agencyCode: AGENCY, machineId }])).get(machineId);
  return all?.verdicts.find((one) => one.ruleId === ruleId)?.verdict;
}

describe('ReportIntake.accept()', () => {
  it('answers with the number, the plan and the clock, and keeps what was seen', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const answer = await rig.intake.accept(
      await machine.report({ seq: 1, seen: { firewall: { value: FIREWALL_SEEN } } }),
    );
    const kept = await rig.store.reports.observations([{ agencyCode: AGENCY, machineId: machine.machineId }]);
    expect(answer).toEqual({
      acceptedSeq: 1,
      resend: [],
      planVersion: 'plan-1',
      serverTime: '2026-03-02T02:00:00.000Z',
    });
    expect(kept.get(machine.machineId)).toEqual(
      new Map([['firewall', { observedAtMs: MONDAY_MS, value: FIREWALL_SEEN }]]),
    );
    expect(await verdictOf(rig, machine.machineId, 'firewall-on')).toBe('pass');
  });

  it('takes the same number again without any effect', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const report = await machine.report({ seq: 1, seen: { time: { value: TIME_SEEN } } });
    await rig.intake.accept(report);
    const before = await standingOf(rig, machine.machineId);
    const again = await rig.intake.accept({ ...report, arrivedAtMs: MONDAY_MS + HOUR_MS });
    expect(again.acceptedSeq).toBe(1);
    expect(await standingOf(rig, machine.machineId)).toEqual(before);
    expect(rig.counts.list()).toEqual([
      { result: 'accepted', count: 1 },
      { result: 'duplicate', count: 1 },
    ]);
  });

  it('takes a report that waited in a relay as if it had arrived there', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const slot = Math.floor(MONDAY_MS / SLOT_MS);
    const at = new Date(MONDAY_MS).toISOString();
    const window = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot: slot - 2, slots: '101' };
    const networks = [{ ...window, attempts: 3, successes: 2, firstAt: at, lastAt: at }];
    const report = await machine.report({ seq: 1, networks, seen: { time: { value: TIME_SEEN } } });
    const waitedMs = 9 * HOUR_MS;
    await rig.intake.accept({ ...report, arrivedAtMs: MONDAY_MS + waitedMs, waitedMs });
    expect(await standingOf(rig, machine.machineId)).toMatchObject({ lastSeenAtMs: MONDAY_MS, clockOffsetMs: 0 });
    const day = Math.floor(slot / SLOTS_PER_DAY);
    const [kept] = await rig.store.networkDays.between(AGENCY, 'internet', { first: day, last: day });
    const slots = [slot - 2, slot - 1, slot].map((one) => one - day * SLOTS_PER_DAY);
    expect(slots.map((one) => [kept?.on.has(one), kept?.reached.has(one)])).toEqual([
      [true, true],
      [true, false],
      [true, true],
    ]);
  });

  it('asks for bodies it lacks, in the answer to a duplicate too', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const report = await machine.report({
      seq: 1,
      seen: { time: { value: TIME_SEEN, isQuiet: true }, firewall: { value: FIREWALL_SEEN } },
    });
    expect((await rig.intake.accept(report)).resend).toEqual(['time']);
    expect((await rig.intake.accept(report)).resend).toEqual(['time']);
  });

  it('only confirms what it has when the hash is the same', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const key = { agencyCode: AGENCY, machineId: machine.machineId };
    await rig.intake.accept(await machine.report({ seq: 1, seen: { time: { value: TIME_SEEN } } }));
    const atMs = MONDAY_MS + HOUR_MS;
    const quiet = await machine.report({ seq: 2, atMs, seen: { time: { value: TIME_SEEN, isQuiet: true } } });
    expect((await rig.intake.accept(quiet)).resend).toEqual([]);
    expect((await standingOf(rig, machine.machineId))?.freshness.get('time')?.observedAtMs).toBe(atMs);
    expect(await rig.store.reports.history(key, 'time', 10)).toHaveLength(1);
  });

  it('keeps the history when an observation changes', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const key = { agencyCode: AGENCY, machineId: machine.machineId };
    const off = { ...FIREWALL_SEEN, isOn: false, products: [] };
    await rig.intake.accept(await machine.report({ seq: 1, seen: { firewall: { value: FIREWALL_SEEN } } }));
    await rig.intake.accept(await machine.report({ seq: 2, atMs: MONDAY_MS + 1, seen: { firewall: { value: off } } }));
    const history = await rig.store.reports.history(key, 'firewall', 10);
    expect(history.map(({ seq, outcome }) => ({ seq, outcome }))).toEqual([
      { seq: 2, outcome: { value: off } },
      { seq: 1, outcome: { value: FIREWALL_SEEN } },
    ]);
    expect(await verdictOf(rig, machine.machineId, 'firewall-on')).toBe('fail');
  });

  it('ignores a field it does not know', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const answer = await rig.intake.accept(await machine.report({ seq: 1, extra: { surprise: true } }));
    expect(answer.acceptedSeq).toBe(1);
  });

  it('keeps what a probe it does not know has seen', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await rig.intake.accept(await machine.report({ seq: 1, seen: { 'new-probe': { value: { deep: [1] } } } }));
    const kept = await rig.store.reports.observations([{ agencyCode: AGENCY, machineId: machine.machineId }]);
    expect(kept.get(machine.machineId)?.get('new-probe')).toEqual({ observedAtMs: MONDAY_MS, value: { deep: [1] } });
  });

  it('keeps a value that does not fit its schema as a failure and the others as they are', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { time: { value: { service: 'sundial' } }, firewall: { value: FIREWALL_SEEN } };
    expect((await rig.intake.accept(await machine.report({ seq: 1, seen }))).resend).toEqual([]);
    const kept = await rig.store.reports.observations([{ agencyCode: AGENCY, machineId: machine.machineId }]);
    expect(kept.get(machine.machineId)?.get('time')?.failure?.code).toBe('OBSERVATION_INVALID');
    expect(await verdictOf(rig, machine.machineId, 'firewall-on')).toBe('pass');
  });

  it('takes two reports of one machine that arrive together', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const reports = [
      await machine.report({ seq: 1, seen: { time: { value: { service: 'none' } } } }),
      await machine.report({ seq: 2, seen: { time: { value: TIME_SEEN } } }),
    ];
    const answers = await Promise.all(reports.map((report) => rig.intake.accept(report)));
    expect(answers.map(({ acceptedSeq }) => acceptedSeq)).toEqual([1, 2]);
    expect((await standingOf(rig, machine.machineId))?.lastSeq).toBe(2);
  });
});

describe('ReportIntake.accept() with a clock that is off', () => {
  it.each([
    { when: 'a year ahead', clockOffsetMs: YEAR_MS },
    { when: 'a year behind', clockOffsetMs: -YEAR_MS },
  ])('judges by its own clock when the machine is $when', async ({ clockOffsetMs }) => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { firewall: { value: FIREWALL_SEEN, atMs: MONDAY_MS - HOUR_MS }, time: { value: TIME_SEEN } };
    await rig.intake.accept(await machine.report({ seq: 1, clockOffsetMs, seen }));
    const standing = await standingOf(rig, machine.machineId);
    expect(standing).toMatchObject({ lastSeenAtMs: MONDAY_MS, clockOffsetMs, lastSeq: 1 });
    expect(standing?.freshness.get('firewall')?.observedAtMs).toBe(MONDAY_MS - HOUR_MS);
    expect(await verdictOf(rig, machine.machineId, 'firewall-on')).toBe('pass');
    expect(await verdictOf(rig, machine.machineId, 'agent-reporting')).toBe('pass');
    expect(await verdictOf(rig, machine.machineId, 'time-offset')).toBe('fail');
  });

  it('judges anew when the clock is set right', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { time: { value: TIME_SEEN } };
    await rig.intake.accept(await machine.report({ seq: 1, clockOffsetMs: YEAR_MS, seen }));
    await rig.intake.accept(await machine.report({ seq: 2, seen: { time: { value: TIME_SEEN, isQuiet: true } } }));
    expect(await verdictOf(rig, machine.machineId, 'time-offset')).toBe('pass');
  });

  it('never takes an observation for later than its arrival', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { time: { value: TIME_SEEN, atMs: MONDAY_MS + 10 * HOUR_MS } };
    await rig.intake.accept(await machine.report({ seq: 1, seen }));
    expect((await standingOf(rig, machine.machineId))?.freshness.get('time')?.observedAtMs).toBe(MONDAY_MS);
  });
});

describe('ReportIntake.accept() refuses', () => {
  it('a body that was altered', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const { body, ...rest } = await machine.report({ seq: 1 });
    const altered = Buffer.from(body.toString().replace('"seq":1', '"seq":2'));
    await expect(rig.intake.accept({ body: altered, ...rest })).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect((await standingOf(rig, machine.machineId))?.lastSeq).toBe(0);
  });

  it('a report signed with the key of another machine', async () => {
    const rig = await ingestRig();
    const [machine, other] = [await rig.machine('a'), await rig.machine('b')];
    const document = Buffer.from(JSON.stringify(machine.document({ seq: 1 })));
    await expect(rig.intake.accept(await other.sign(document))).rejects.toMatchObject({ code: 'REPORT_INVALID' });
  });

  it('a machine that never joined', async () => {
    const rig = await ingestRig();
    const stranger = await (await ingestRig()).machine();
    await expect(rig.intake.accept(await stranger.report({ seq: 1 }))).rejects.toMatchObject({
      code: 'MACHINE_UNKNOWN',
    });
  });

  it('a machine that was retired, even one it has just heard of', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await rig.intake.accept(await machine.report({ seq: 1 }));
    await retireFor(rig, machine.machineId);
    await expect(rig.intake.accept(await machine.report({ seq: 2 }))).rejects.toMatchObject({
      code: 'MACHINE_RETIRED',
    });
  });

  it.each([
    { what: 'nonsense', text: '{"protocol":' },
    { what: 'a list', text: '[]' },
    { what: 'lists without end', text: '['.repeat(200_000) },
    { what: 'nothing', text: '' },
  ])('$what instead of a report', async ({ text }) => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const signed = await machine.sign(Buffer.from(text));
    await expect(rig.intake.accept(signed)).rejects.toMatchObject({ code: 'REPORT_INVALID' });
  });

  it.each([
    { what: 'another protocol', extra: { protocol: 99 } },
    { what: 'a number below 1', extra: { seq: 0 } },
    { what: 'an id that is no probe id', extra: { observations: { __proto__x: {} } } },
    {
      what: 'a hash that does not fit',
      extra: { observations: { time: { hash: 'x'.repeat(16), observedAt: '2026-03-02T02:00:00Z', value: TIME_SEEN } } },
    },
  ])('a report with $what', async ({ extra }) => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const signed = await machine.report({ seq: 1, extra });
    await expect(rig.intake.accept(signed)).rejects.toMatchObject({ code: 'REPORT_INVALID' });
  });

  it('a value nested so deeply that it cannot be printed again', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const observation = `{"hash":"${'x'.repeat(16)}","observedAt":"2026-03-02T02:00:00Z","value":${deep}}`;
    const text = JSON.stringify(machine.document({ seq: 1 })).replace(
      '"observations":{}',
      `"observations":{"odd":${observation}}`,
    );
    await expect(rig.intake.accept(await machine.sign(Buffer.from(text)))).rejects.toMatchObject({
      code: 'REPORT_INVALID',
    });
  });
});

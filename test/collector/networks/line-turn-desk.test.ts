import { describe, expect, it } from 'vitest';
import { decideTurn, LineTurnDesk } from '#collector/networks/line-turn-desk.ts';
import { AGENCY, ingestRig } from '../ingest/reporting-machine.ts';
import { retireFor } from '../ingest/retire-machine.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NIGHT_MS = Date.parse('2026-03-02T23:30:00+07:00');
const TERMS = { network: 'wan', target: 'beacon+https://b.example.org/', bytes: 4_000_000, fromHour: 22, toHour: 5 };

async function opened() {
  const rig = await ingestRig();
  const clock = { nowMs: NIGHT_MS, monotonicMs: 0 };
  const parts = {
    store: rig.store,
    terms: () => TERMS,
    reportingSinceMs: (atMs: number) => atMs - 3 * DAY_MS,
    nowMs: () => clock.nowMs,
    monotonicMs: () => clock.monotonicMs,
  };
  const machine = async (fingerprint: string) => {
    const joined = await rig.machine(fingerprint);
    await rig.intake.accept({ ...(await joined.report({ seq: 1 })), arrivedAtMs: NIGHT_MS });
    return { agencyCode: AGENCY, machineId: joined.machineId };
  };
  const pass = (ms: number) => {
    clock.nowMs += ms;
    clock.monotonicMs += ms;
  };
  return { rig, clock, parts, desk: new LineTurnDesk(parts), machine, pass };
}

describe('decideTurn()', () => {
  it('gives one turn a day and in 20 hours, at night alone', () => {
    const at = (hours: number) => NIGHT_MS + hours * HOUR_MS;
    const decide = (hours: number, newestAtMs = NIGHT_MS) => decideTurn(at(hours), TERMS, { atMs: newestAtMs });
    expect(decideTurn(NIGHT_MS, TERMS, undefined)).toBe('given');
    expect(decideTurn(at(10), TERMS, undefined)).toBe('not-now');
    expect([1, 5, 22.4, 22.5, 24].map((hours) => decide(hours))).toEqual([
      'not-now',
      'not-now',
      'not-now',
      'given',
      'given',
    ]);
    // Half past midnight, and ten in the evening of the same day.
    expect(decide(22.5, at(1))).toBe('not-now');
    expect(decide(24.5, at(1))).toBe('given');
  });

  it('holds back when the newest turn lies ahead', () => {
    expect(decideTurn(NIGHT_MS, TERMS, { atMs: NIGHT_MS + 1 })).toBe('held-back');
  });
});

describe('LineTurnDesk.ask()', () => {
  it('gives the first machine of an agency the turn, and it lasts over a restart', async () => {
    const { desk, parts, machine } = await opened();
    const [first, second] = [await machine('a'), await machine('b')];
    expect([await desk.ask(first), await desk.ask(second), await desk.ask(first)]).toEqual([true, false, false]);
    expect(await new LineTurnDesk(parts).ask(second)).toBe(false);
  });

  it('gives the next one in the next night', async () => {
    const { desk, machine, pass } = await opened();
    const first = await machine('a');
    await desk.ask(first);
    pass(DAY_MS);
    expect(await desk.ask(first)).toBe(true);
  });

  it('gives none by day, none that nobody set, and none to a machine that does not report', async () => {
    const { rig, desk, parts, clock, machine } = await opened();
    const first = await machine('a');
    expect(await new LineTurnDesk({ ...parts, terms: () => undefined }).ask(first)).toBe(false);
    expect(await new LineTurnDesk({ ...parts, reportingSinceMs: (atMs) => atMs + 1 }).ask(first)).toBe(false);
    clock.nowMs -= 12 * HOUR_MS;
    expect(await desk.ask(first)).toBe(false);
    clock.nowMs += 12 * HOUR_MS;
    await retireFor(rig, first.machineId);
    expect(await desk.ask(first)).toBe(false);
    const joined = await rig.machine('never');
    expect(await desk.ask({ agencyCode: AGENCY, machineId: joined.machineId })).toBe(false);
  });

  it('gives no second one when the clock is set ahead by a day', async () => {
    const { desk, machine, clock } = await opened();
    const first = await machine('a');
    await desk.ask(first);
    clock.nowMs += DAY_MS;
    clock.monotonicMs += HOUR_MS;
    expect(await desk.ask(first)).toBe(false);
  });

  it('waits 20 hours when the clock is set back, and then goes on', async () => {
    const { parts, machine, clock, pass } = await opened();
    const first = await machine('a');
    await new LineTurnDesk(parts).ask(first);
    clock.nowMs -= 30 * DAY_MS;
    const later = new LineTurnDesk({ ...parts, reportingSinceMs: () => 0 });
    expect([await later.ask(first), await later.ask(first)]).toEqual([false, false]);
    pass(DAY_MS);
    expect(await later.ask(first)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { dueSample } from '#agent/line-sample/choose-sample.ts';
import type { Plan, PlanNetwork } from '#shared/plan.ts';

const HOUR_MS = 3_600_000;
const NIGHT_MS = Date.parse('2026-03-02T23:30:00+07:00');
const TARGET = 'beacon+https://beacon.example.org:8641/#'.concat('p'.repeat(43));
const TERMS = { network: 'wan', target: TARGET, bytes: 4_000_000, fromHour: 22, toHour: 5 };

function planOf(change: Partial<PlanNetwork> = {}, lineSample: Plan['lineSample'] = TERMS): Plan {
  const intervals = { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 };
  const network: PlanNetwork = { id: 'wan', kind: 'wan', targets: [TARGET], ...change };
  const common = { version: 'v', issuedAt: '2026-03-02T00:00:00Z', intervals, products: [], pins: [] };
  return { ...common, networks: [network], ...(lineSample === undefined ? {} : { lineSample }) };
}

const isDue = (plan: Plan, memory: Parameters<typeof dueSample>[1] = {}, nowMs = NIGHT_MS) =>
  dueSample(plan, memory, nowMs) !== undefined;

describe('dueSample()', () => {
  it('names the beacon of the plan at night', () => {
    const beacon = { kind: 'beacon', host: 'beacon.example.org', port: 8641, pin: 'p'.repeat(43) };
    expect(dueSample(planOf(), {}, NIGHT_MS)).toEqual({ terms: TERMS, beacon });
  });

  it('makes none by day, without a word in the plan, or of a beacon that is none of the network', () => {
    const { lineSample: _, ...silent } = planOf();
    expect(isDue(planOf(), {}, NIGHT_MS + 10 * HOUR_MS)).toBe(false);
    expect(isDue(silent)).toBe(false);
    expect(isDue(planOf({ id: 'other' }))).toBe(false);
    expect(isDue(planOf({ targets: ['tcp://192.0.2.1:443'] }))).toBe(false);
    expect(isDue(planOf({ targets: ['tcp://192.0.2.1:443'] }, { ...TERMS, target: 'tcp://192.0.2.1:443' }))).toBe(
      false,
    );
  });

  it('never makes one where traffic costs money or the line is weak', () => {
    expect([isDue(planOf({ isMetered: true })), isDue(planOf({ isLimited: true }))]).toEqual([false, false]);
  });

  it('makes one in 20 hours, and asks again after three when another had the turn', () => {
    const ago = (hours: number) => NIGHT_MS - hours * HOUR_MS;
    expect([19.9, 20].map((hours) => isDue(planOf(), { madeAtMs: ago(hours) }))).toEqual([false, true]);
    expect([2.9, 3].map((hours) => isDue(planOf(), { askedAtMs: ago(hours) }))).toEqual([false, true]);
  });

  it('waits as long when the clock was set back', () => {
    expect(isDue(planOf(), { madeAtMs: NIGHT_MS + 5 * HOUR_MS })).toBe(false);
    expect(isDue(planOf(), { askedAtMs: NIGHT_MS + 2 * HOUR_MS })).toBe(false);
  });
});

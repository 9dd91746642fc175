import { Cron } from 'croner';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { cronPattern, nextRunMs, splayMs } from '#agent/schedule.ts';
import { INTERVAL_SECONDS } from '#shared/plan.ts';

const MACHINE = v7();
const NOON = Date.parse('2026-11-22T12:00:00Z');

describe('cronPattern()', () => {
  it.each(INTERVAL_SECONDS.map((seconds) => ({ seconds })))(
    'keeps a grid of $seconds s wherever it starts',
    ({ seconds }) => {
      const intervalMs = seconds * 1_000;
      for (const share of [0, 0.37, 0.999]) {
        const offsetMs = Math.floor((intervalMs * share) / 1_000) * 1_000;
        const runs = new Cron(cronPattern(intervalMs, offsetMs), { utcOffset: 0 })
          .nextRuns(5, new Date(NOON))
          .map((run) => run.getTime());
        const first = Math.floor((NOON - offsetMs) / intervalMs + 1) * intervalMs + offsetMs;
        expect(runs).toEqual([0, 1, 2, 3, 4].map((index) => first + index * intervalMs));
      }
    },
  );
});

describe('splayMs()', () => {
  it('spreads machines over the whole interval in whole seconds', () => {
    const splays = Array.from({ length: 2_000 }, () => splayMs(v7(), 900_000));
    const quarters = [0, 1, 2, 3].map((q) => splays.filter((ms) => Math.floor(ms / 225_000) === q).length);
    expect(splays.every((ms) => ms % 1_000 === 0 && ms >= 0 && ms < 900_000)).toBe(true);
    expect(Math.min(...quarters)).toBeGreaterThan(400);
  });
});

describe('nextRunMs()', () => {
  it('agrees with the pattern', () => {
    const next = new Cron(cronPattern(900_000, splayMs(MACHINE, 900_000)), { utcOffset: 0 }).nextRun(new Date(NOON));
    expect(nextRunMs(MACHINE, 900_000, NOON)).toBe(next?.getTime());
  });
});

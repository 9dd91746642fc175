import { Cron } from 'croner';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cronPattern, nextRunMs, schedule, splayMs } from '#agent/schedule.ts';
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

describe('schedule()', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const QUARTER_MS = 900_000;
  const CHECK_MS = 31_000;

  function countingJob() {
    let runCount = 0;
    const run = async () => {
      runCount += 1;
    };
    const job = schedule({ name: 'report', intervalMs: QUARTER_MS, offsetMs: 60_000, run });
    const takeRuns = () => {
      const taken = runCount;
      runCount = 0;
      return taken;
    };
    return { stop: () => job.stop(), takeRuns };
  }

  it('runs once after a sleep of two days, and then keeps its grid', async () => {
    const { stop, takeRuns } = countingJob();
    await vi.advanceTimersByTimeAsync(QUARTER_MS);
    expect(takeRuns()).toBe(1);
    // While the machine sleeps the clock goes on and timers do not.
    vi.setSystemTime(NOON + 2 * 86_400_000 + 400_000);
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(takeRuns()).toBe(1);
    await vi.advanceTimersByTimeAsync(4 * QUARTER_MS);
    expect(takeRuns()).toBe(4);
    stop();
  });

  it.each([
    { jump: 'from 1970 to 2026', from: 60_000, to: NOON, atOnce: 1 },
    { jump: 'from 2099 to 2026', from: Date.parse('2099-06-01T12:00:00Z'), to: NOON, atOnce: 0 },
    { jump: 'from 2026 to 1970', from: NOON, to: 60_000, atOnce: 0 },
  ])('goes on when the clock is set $jump', async ({ from, to, atOnce }) => {
    vi.setSystemTime(from + 120_000);
    const { stop, takeRuns } = countingJob();
    await vi.advanceTimersByTimeAsync(QUARTER_MS);
    expect(takeRuns()).toBe(1);
    vi.setSystemTime(to + 120_000);
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(takeRuns()).toBe(atOnce);
    await vi.advanceTimersByTimeAsync(4 * QUARTER_MS);
    expect(takeRuns()).toBe(4);
    stop();
  });

  it('does not overlap itself, and makes good for the turns a long run took by one', async () => {
    let runCount = 0;
    const finished = Promise.withResolvers<void>();
    const run = () => {
      runCount += 1;
      return finished.promise;
    };
    const job = schedule({ name: 'report', intervalMs: QUARTER_MS, offsetMs: 0, run });
    await vi.advanceTimersByTimeAsync(5 * QUARTER_MS);
    expect(runCount).toBe(1);
    finished.resolve();
    await vi.advanceTimersByTimeAsync(CHECK_MS);
    expect(runCount).toBe(2);
    await vi.advanceTimersByTimeAsync(QUARTER_MS);
    expect(runCount).toBe(3);
    job.stop();
  });
});

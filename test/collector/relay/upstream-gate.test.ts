import { describe, expect, it } from 'vitest';
import { UpstreamGate } from '#collector/relay/upstream-gate.ts';

describe('UpstreamGate', () => {
  it('waits longer after every failure, spread, and not at all after an answer', () => {
    const gate = new UpstreamGate(() => 0.5);
    expect(gate.noteFailure(0, undefined)).toBe(1_250);
    expect([gate.isOpen(1_249), gate.isOpen(1_250)]).toEqual([false, true]);
    expect(gate.noteFailure(1_250, undefined)).toBe(1_875);
    gate.noteAnswer();
    expect([gate.isOpen(1_251), gate.answers, gate.noteFailure(1_251, undefined)]).toEqual([true, true, 1_250]);
  });

  it('waits a minute at most, spread', () => {
    const gate = new UpstreamGate(() => 1);
    let nowMs = 0;
    const waits = Array.from({ length: 40 }, () => {
      const waitMs = gate.noteFailure(nowMs, undefined);
      nowMs += waitMs;
      return waitMs;
    });
    expect(Math.max(...waits)).toBe(90_000);
  });

  it('counts requests that failed together as one failure', () => {
    const gate = new UpstreamGate(() => 0);
    expect([gate.noteFailure(0, undefined), gate.noteFailure(400, undefined)]).toEqual([1_000, 600]);
  });

  it.each([
    { retryAfter: '120', waitMs: 120_000 },
    { retryAfter: '999999', waitMs: 3_600_000 },
    { retryAfter: 'Mon, 30 Nov 2026 00:00:00 GMT', waitMs: 1_000 },
  ])('waits $waitMs ms when told to retry after $retryAfter', ({ retryAfter, waitMs }) => {
    expect(new UpstreamGate(() => 0).noteFailure(0, retryAfter)).toBe(waitMs);
  });
});

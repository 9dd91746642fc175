import { describe, expect, it } from 'vitest';
import { isTurnToAsk } from '#agent/update/ask-turn.ts';

const MACHINE = '019ab000-0000-7000-8000-0000deadbeef';
const DAY_MS = 86_400_000;
const REPORT_MS = 900_000;

/** Instants of a day at which a machine that reports every 15 minutes asks, in whole intervals. */
function asksOf(machineId: string, startMs: number): number[] {
  let askedAtMs = startMs;
  const asks: number[] = [];
  for (let nowMs = startMs + REPORT_MS; nowMs < startMs + DAY_MS; nowMs += REPORT_MS) {
    if (!isTurnToAsk(machineId, { askedAtMs, nowMs, reportMs: REPORT_MS })) continue;
    asks.push((nowMs - startMs) / REPORT_MS);
    askedAtMs = nowMs;
  }
  return asks;
}

describe('isTurnToAsk()', () => {
  it('comes every six hours', () => {
    const asks = asksOf(MACHINE, 20_000 * DAY_MS);
    expect(asks).toHaveLength(4);
    expect(asks.map((at) => at - (asks[0] ?? 0))).toEqual([0, 24, 48, 72]);
  });

  it('spreads machines over the six hours', () => {
    const first = (index: number) =>
      asksOf(`${MACHINE.slice(0, -8)}${(index * 0x10000000).toString(16).padStart(8, '0')}`, 0)[0];
    const firsts = Array.from({ length: 16 }, (_, index) => first(index));
    expect(new Set(firsts).size).toBeGreaterThan(12);
  });

  it.each([1, -1])('comes at once when the clock jumped by decades, direction %d', (direction) => {
    const nowMs = 20_000 * DAY_MS;
    expect(isTurnToAsk(MACHINE, { askedAtMs: nowMs + direction * 9_000 * DAY_MS, nowMs, reportMs: REPORT_MS })).toBe(
      true,
    );
  });
});

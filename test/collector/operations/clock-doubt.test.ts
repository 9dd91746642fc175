import { describe, expect, it } from 'vitest';
import { clockDoubt } from '#collector/operations/clock-doubt.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = Date.parse('2026-03-02T02:00:00Z');
const TO_MS = FROM_MS + 400 * DAY_MS;
const LEAP = { fromMs: FROM_MS, toMs: TO_MS };
const NONE = { absences: [], lastBeatMs: undefined, machineOffsetsMs: [] };

describe('clockDoubt()', () => {
  it('believes a clock of which nothing speaks against', () => {
    const absences = [{ fromMs: FROM_MS, toMs: FROM_MS + 30 * DAY_MS }];
    expect(clockDoubt(NONE, TO_MS)).toBeUndefined();
    expect(clockDoubt({ ...NONE, absences }, FROM_MS + 30 * DAY_MS)).toBeUndefined();
  });

  it('doubts a clock for a day after it leapt ahead by more than 30 days', () => {
    const at = (nowMs: number) => clockDoubt({ ...NONE, absences: [LEAP] }, nowMs);
    expect(at(TO_MS)).toEqual({ reason: 'clock-leapt', ...LEAP, steadyMs: 0 });
    expect(at(TO_MS + DAY_MS - 1)).toEqual({ reason: 'clock-leapt', ...LEAP, steadyMs: DAY_MS - 1 });
    expect(at(TO_MS + DAY_MS)).toBeUndefined();
  });

  it('doubts a clock that leapt after the newest sign of life', () => {
    const at = (nowMs: number) => clockDoubt({ ...NONE, lastBeatMs: FROM_MS }, nowMs);
    expect(at(FROM_MS + 30 * DAY_MS)).toBeUndefined();
    expect(at(TO_MS)).toEqual({ reason: 'clock-leapt', ...LEAP, steadyMs: 0 });
  });

  it('counts no time for that day in which no collector was at work', () => {
    const pause = { fromMs: TO_MS + HOUR_MS, toMs: TO_MS + 25 * HOUR_MS };
    const at = (nowMs: number) => clockDoubt({ ...NONE, absences: [LEAP, pause] }, nowMs);
    expect(at(pause.toMs)).toEqual({ reason: 'clock-leapt', ...LEAP, steadyMs: HOUR_MS });
    expect(at(TO_MS + 48 * HOUR_MS)).toBeUndefined();
  });

  it('doubts a clock that is a month ahead of most machines that reported last, not of one among many', () => {
    const at = (...machineOffsetsMs: number[]) => clockDoubt({ ...NONE, machineOffsetsMs }, TO_MS);
    const behindMs = -400 * DAY_MS;
    expect(at(behindMs, behindMs + 5, 0)).toEqual({ reason: 'machines-behind', offsetMs: behindMs + 5 });
    expect(at(behindMs, 0, 5)).toBeUndefined();
    expect(at(0, 400 * DAY_MS)).toBeUndefined();
  });
});

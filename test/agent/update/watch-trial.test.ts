import { describe, expect, it } from 'vitest';
import type { UpdateRecord } from '#agent/update/update-record.ts';
import { FIRST_WATCH, type TrialLook, type TrialWatch, watchTrial } from '#agent/update/watch-trial.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

const RECORD: UpdateRecord = { trial: trialProgram('b', '0.3.0', 1) };

/** Looks until something is decided, at most `count` times. */
function lookOften(count: number, look: (index: number) => Partial<TrialLook>): unknown {
  let watch: TrialWatch = FIRST_WATCH;
  for (let index = 0; index < count; index += 1) {
    const next = watchTrial(watch, {
      record: RECORD,
      version: '0.3.0',
      signCount: 1,
      reportMs: 900_000,
      ...look(index),
    });
    if (next === 'over' || 'reason' in next) return next;
    watch = next;
  }
  return 'waits';
}

describe('watchTrial()', () => {
  it.each([
    ['proved itself', { active: slotProgram('b', '0.3.0') }],
    ['went back', { failed: { version: '0.3.0', reason: 'x', atMs: 1 } }],
    ['gave way to another', { trial: trialProgram('a', '0.4.0') }],
  ])('is over when the release %s', (_what, record) => {
    expect(lookOften(1, () => ({ record }))).toBe('over');
  });

  it('ends a process that gives no sign of life for a minute', () => {
    expect(lookOften(29, () => ({ signCount: 0 }))).toBe('waits');
    expect(lookOften(30, () => ({ signCount: 0 }))).toEqual({ reason: 'it hung for a minute' });
  });

  it('waits for a process that is slow', () => {
    expect(lookOften(400, (index) => ({ signCount: index % 20 === 0 ? 1 : 0 }))).toBe('waits');
  });

  it('ends a process that lives and never starts a report', () => {
    expect(lookOften(1_500, () => ({}))).toBe('waits');
    expect(lookOften(1_540, () => ({}))).toEqual({ reason: 'it started no report within 3 intervals' });
  });

  it('waits while reports are started, as the launcher counts them', () => {
    const look = (index: number) => ({ record: { trial: trialProgram('b', '0.3.0', 1 + Math.floor(index / 450)) } });
    expect(lookOften(4_000, look)).toBe('waits');
  });
});

import { describe, expect, it } from 'vitest';
import { parseUpdateRecord, type UpdateRecord, withFailure } from '#agent/update/update-record.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

const WHOLE: UpdateRecord = {
  active: slotProgram('a', '0.2.0'),
  previous: slotProgram('b', '0.1.5'),
  trial: trialProgram('b', '0.3.0', 2),
  failed: { version: '0.2.5', reason: 'it hung', atMs: 5 },
  newestBuiltAt: '2026-11-22T00:00:00Z',
  offered: '0.3.0',
  askedAtMs: 7,
  notBeforeMs: 9,
};

const TWO: UpdateRecord = { active: slotProgram('a', '0.2.0'), previous: slotProgram('b', '0.1.5') };

describe('parseUpdateRecord()', () => {
  it('reads back what was written', () => {
    expect(parseUpdateRecord(JSON.stringify(WHOLE))).toEqual(WHOLE);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"active":', '{"trial":7}'])(
    'is empty for the damaged text %j',
    (text) => {
      expect(parseUpdateRecord(text)).toEqual({});
    },
  );

  const program = slotProgram('a', '0.2.0');
  it.each([
    ['a slot that is none', { ...program, slot: '../../evil' }],
    ['a version that is none', { ...program, version: 'latest' }],
    ['a file that leaves the slot', { ...program, files: [{ name: '../agent.mjs', bytes: 1 }] }],
    ['a file without a length', { ...program, files: [{ name: 'agent.mjs' }] }],
    ['no files', { ...program, files: [] }],
  ])('leaves out a release with %s', (_what, active) => {
    expect(parseUpdateRecord(JSON.stringify({ active, offered: '0.2.0' }))).toEqual({ offered: '0.2.0' });
  });
});

describe('withFailure()', () => {
  it('ends a trial and keeps what was active', () => {
    const { trial: _, ...rest } = WHOLE;
    const failed = { version: '0.3.0', reason: 'it hung', atMs: 11 };
    expect(withFailure(WHOLE, '0.3.0', { reason: 'it hung', atMs: 11 })).toEqual({ ...rest, failed });
  });

  it('brings back the release before when the active one fails', () => {
    const record = withFailure(TWO, '0.2.0', { reason: 'x', atMs: 1 });
    expect(record).toEqual({ active: TWO.previous, failed: { version: '0.2.0', reason: 'x', atMs: 1 } });
  });

  it('cuts a reason without end', () => {
    expect(withFailure({}, '0.2.0', { reason: 'x'.repeat(900), atMs: 1 }).failed?.reason).toHaveLength(200);
  });
});

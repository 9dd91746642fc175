import { describe, expect, it } from 'vitest';
import { settleTrial, trialReport } from '#agent/update/settle-trial.ts';
import type { UpdateRecord } from '#agent/update/update-record.ts';
import { agentState } from '#agent/uplink/agent-state.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

const AT = '2026-11-22T00:00:00Z';
const TRYING: UpdateRecord = {
  active: slotProgram('a', '0.2.0'),
  trial: trialProgram('b', '0.3.0', 3),
  failed: { version: '0.2.5', reason: 'it hung', atMs: 1 },
  newestBuiltAt: AT,
};

describe('trialReport()', () => {
  const failedWith = (code: string) =>
    agentState.parse({ lastSeq: 5, lastAcknowledged: { seq: 4, at: AT }, lastFailure: { at: AT, code, message: '' } });

  it('says that the newest report was acknowledged', () => {
    const state = agentState.parse({ lastSeq: 5, lastAcknowledged: { seq: 5, at: AT } });
    expect(trialReport(state, true)).toBe('acknowledged');
  });

  it.each([
    ['REPORT_INVALID', true, 'failed'],
    ['SIGNATURE_INVALID', true, 'failed'],
    ['COLLECTOR_UNREACHABLE', true, 'failed'],
    ['COLLECTOR_UNREACHABLE', false, 'no_line'],
    ['COLLECTOR_BUSY', true, 'no_line'],
    ['STORE_UNAVAILABLE', true, 'no_line'],
    ['MACHINE_CONFLICT', true, 'no_line'],
    ['MACHINE_RETIRED', true, 'no_line'],
  ])('takes %s with an open line (%s) for %s', (code, isLineOpen, ended) => {
    expect(trialReport(failedWith(code), isLineOpen)).toBe(ended);
  });

  it('blames nobody while a wait is obeyed', () => {
    expect(trialReport(agentState.parse({ lastSeq: 5, notBefore: AT }), true)).toBe('no_line');
  });
});

describe('settleTrial()', () => {
  const settle = (record: UpdateRecord, ended: 'acknowledged' | 'no_line' | 'failed', version = '0.3.0') =>
    settleTrial(record, { version, ended, nowMs: 50 });

  it('makes an acknowledged release the active one and forgets older failures', () => {
    expect(settle(TRYING, 'acknowledged')).toEqual({
      active: slotProgram('b', '0.3.0'),
      previous: slotProgram('a', '0.2.0'),
      newestBuiltAt: AT,
    });
  });

  it('takes the starts back when there was no line', () => {
    const trial = { ...trialProgram('b', '0.3.0', 0), quietReports: 1 };
    expect(settle(TRYING, 'no_line')).toEqual({ ...TRYING, trial });
  });

  it('goes back after 300 reports without a line', () => {
    const record = { ...TRYING, trial: { ...trialProgram('b', '0.3.0'), quietReports: 300 } };
    const failed = { version: '0.3.0', reason: 'none of 301 reports of it arrived', atMs: 50 };
    expect(settle(record, 'no_line')).toEqual({ active: TRYING.active, newestBuiltAt: AT, failed });
  });

  it('lets the starts stand when a report failed', () => {
    expect(settle(TRYING, 'failed')).toBe(TRYING);
  });

  it('is not moved by reports of another version', () => {
    expect(settle(TRYING, 'acknowledged', '0.2.0')).toBe(TRYING);
  });
});

import { describe, expect, it } from 'vitest';
import { REPORT_RESULTS, refusalResult } from '#collector/metrics/report-results.ts';

describe('REPORT_RESULTS', () => {
  it('is sorted by code point', () => {
    expect(REPORT_RESULTS).toEqual(REPORT_RESULTS.toSorted());
  });
});

describe('refusalResult()', () => {
  it('keeps a code reports have and calls every other one INTERNAL', () => {
    expect([refusalResult('SIGNATURE_INVALID'), refusalResult('USAGE')]).toEqual(['SIGNATURE_INVALID', 'INTERNAL']);
  });
});

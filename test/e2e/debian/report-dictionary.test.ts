import { describe, expect, it } from 'vitest';
import { trainReportDictionary } from '../../tools/train-report-dictionary.ts';

describe('the dictionary of reports', () => {
  it('comes out of its training as it stands in the source', () => {
    expect(trainReportDictionary(true)).toBe(true);
  }, 60_000);
});

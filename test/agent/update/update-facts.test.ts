import { describe, expect, it } from 'vitest';
import { updateFacts } from '#agent/update/update-facts.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

describe('updateFacts()', () => {
  it('says nothing while nothing is tried and nothing failed', () => {
    expect(updateFacts({ active: slotProgram('a', '0.2.0'), askedAtMs: 5 })).toBeUndefined();
  });

  it('names what is on trial and what was gone back from', () => {
    const failed = { version: '0.2.0', reason: 'it hung', atMs: 3 };
    expect(updateFacts({ trial: trialProgram('a', '0.3.0'), failed })).toEqual({
      onTrial: '0.3.0',
      failed: { version: '0.2.0', reason: 'it hung' },
    });
  });
});

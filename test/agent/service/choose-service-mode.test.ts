import { describe, expect, it } from 'vitest';
import { chooseServiceMode } from '#agent/service/choose-service-mode.ts';

const GIBIBYTE = 2 ** 30;

describe('chooseServiceMode()', () => {
  it.each([
    { when: '2 GB', facts: { totalMemoryBytes: 2 * GIBIBYTE }, want: ['scheduled', false] },
    {
      when: '4 GB less what the graphics keep',
      facts: { totalMemoryBytes: 3.5 * GIBIBYTE },
      want: ['resident', false],
    },
    { when: '8 GB', facts: { totalMemoryBytes: 8 * GIBIBYTE }, want: ['resident', false] },
    {
      when: '--resident on 2 GB',
      facts: { asked: 'resident', totalMemoryBytes: 2 * GIBIBYTE },
      want: ['resident', true],
    },
    {
      when: 'an upgrade of a PC that was asked to be scheduled',
      facts: { askedBefore: 'scheduled', totalMemoryBytes: 8 * GIBIBYTE },
      want: ['scheduled', true],
    },
  ] as const)('chooses $want for $when', ({ facts, want }) => {
    const { mode, isAsked } = chooseServiceMode(facts);
    expect([mode, isAsked]).toEqual(want);
  });

  it('says why', () => {
    expect(chooseServiceMode({ totalMemoryBytes: 2 * GIBIBYTE }).reason).toBe(
      'this machine has 2.0 GB of memory, less than 4',
    );
  });
});

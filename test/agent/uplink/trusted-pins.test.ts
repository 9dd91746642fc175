import { describe, expect, it } from 'vitest';
import { trustedPins } from '#agent/uplink/trusted-pins.ts';

const [OLD, NEXT] = ['O'.repeat(43), 'N'.repeat(43)];

describe('trustedPins()', () => {
  it('is the pin of the relay alone for an agent that joined through one', () => {
    expect(trustedPins({ pins: [OLD], isRelayed: true }, { pins: [NEXT] })).toEqual([OLD]);
  });

  it.each([
    { when: 'there is no plan', pins: [OLD], plan: undefined, trusted: [OLD] },
    { when: 'the plan announces the next one', pins: [OLD], plan: { pins: [OLD, NEXT] }, trusted: [OLD, NEXT] },
    { when: 'the plan has dropped the old one', pins: [OLD], plan: { pins: [NEXT] }, trusted: [NEXT] },
    { when: 'the plan names none', pins: [OLD], plan: { pins: [] }, trusted: [OLD] },
    { when: 'a public authority vouches', pins: [], plan: { pins: [NEXT] }, trusted: [] },
  ])('are $trusted.length when $when', ({ pins, plan, trusted }) => {
    expect(trustedPins({ pins }, plan)).toEqual(trusted);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOutages } from '#collector/connectivity/find-outages.ts';
import { networkFigures } from '#collector/store/network-results.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { networkDays } from './network-days.ts';

const START = 20_000 * 288;

function startOf(text: string, slots = { first: START, end: Number.POSITIVE_INFINITY }): number | undefined {
  const terms = {
    networks: [{ id: 'wan', kind: 'wan' }] as const,
    agencies: [{ code: 'H47.12', level: 'department' }] as const,
    slots: { ...slots, current: slots.first },
  };
  const [figures] = networkFigures(networkDays(text, START), terms);
  return figures?.outageStartMs === undefined ? undefined : figures.outageStartMs / SLOT_MS - START;
}

describe('lastingOutageStartMs()', () => {
  it.each([
    { when: 'nobody tried', text: '...', want: undefined },
    { when: 'the newest attempt succeeded', text: '1001..', want: undefined },
    { when: 'all failed', text: '..00', want: 2 },
    { when: 'it failed since the newest success, also over a night', text: `0010.0${'.'.repeat(600)}0`, want: 3 },
  ])('gives $want when $when', ({ text, want }) => {
    expect(startOf(text)).toBe(want);
  });

  it('leaves out what lies behind a past window, and begins with the window at the earliest', () => {
    expect(startOf('1100', { first: START, end: START + 2 })).toBeUndefined();
    expect(startOf('0000', { first: START + 2, end: START + 4 })).toBe(2);
  });

  it('is the begin of the outage that findOutages() says lasts', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '.'), maxLength: 700 });
    fc.assert(
      fc.property(text, fc.nat({ max: 700 }), fc.nat({ max: 700 }), (slots, from, length) => {
        const window = { from: START + from, end: START + from + length };
        const outages = findOutages(networkDays(slots, START), window);
        const lasting = outages.find(({ endMs }) => endMs === undefined);
        const want = lasting === undefined ? undefined : lasting.startMs / SLOT_MS - START;
        expect(startOf(slots, { first: window.from, end: window.end })).toBe(want);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { learnPlaces, type PlaceSeen } from '#collector/connectivity/learn-places.ts';

/** Machines of one agency at one place, a letter each, with the days on which each was seen there. */
function at(range: string, machines: string, dayCount: number, firstDay = 100): readonly PlaceSeen[] {
  const place = { addressRange: `${range}/24`, gateway: range.replace(/0$/, '1') };
  return [...machines].map((machineId) => ({ machineId, ...place, dayCount, firstDay }));
}

const OFFICE = '192.0.2.0';
const BRANCH = '198.51.100.0';
const HOME = '203.0.113.0';

describe('learnPlaces()', () => {
  it.each([
    { when: 'nothing was seen', seen: [], want: [] },
    { when: 'there is one machine', seen: at(HOME, 'a', 1), want: [HOME] },
    {
      when: 'most machines are in the office and one is at home',
      seen: [...at(OFFICE, 'abc', 1), ...at(HOME, 'a', 30)],
      want: [OFFICE],
    },
    {
      when: 'as many machines were here as there, but on fewer days',
      seen: [...at(HOME, 'a', 2), ...at(OFFICE, 'a', 3)],
      want: [OFFICE],
    },
    {
      when: 'machines and days are equal, but one place was seen before the other',
      seen: [...at(HOME, 'a', 2, 101), ...at(OFFICE, 'a', 2, 100)],
      want: [OFFICE],
    },
    {
      when: 'everything is equal: the first in code-point order',
      seen: [...at(BRANCH, 'a', 2), ...at(OFFICE, 'b', 2)],
      want: [OFFICE],
    },
    {
      when: 'two machines are steadily in a branch',
      seen: [...at(OFFICE, 'abc', 9), ...at(BRANCH, 'de', 3)],
      want: [OFFICE, BRANCH],
    },
    {
      when: 'of two machines in a branch one was there for two days only',
      seen: [...at(OFFICE, 'abc', 9), ...at(BRANCH, 'd', 30), ...at(BRANCH, 'e', 2)],
      want: [OFFICE],
    },
  ])('finds $want when $when', ({ seen, want }) => {
    expect([...learnPlaces(seen)].map((name) => name.split('/')[0])).toEqual(want);
  });

  it('tells places with one range and two gateways apart', () => {
    const [home] = at(OFFICE, 'd', 30);
    const elsewhere = home === undefined ? [] : [{ ...home, gateway: '192.0.2.254' }];
    expect([...learnPlaces([...at(OFFICE, 'abc', 1), ...elsewhere])]).toEqual(['192.0.2.0/24 192.0.2.1']);
  });
});

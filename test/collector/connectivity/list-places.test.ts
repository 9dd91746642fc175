import { describe, expect, it } from 'vitest';
import { learnPlaces } from '#collector/connectivity/learn-places.ts';
import { listPlaces } from '#collector/connectivity/list-places.ts';
import { placeName } from '#collector/connectivity/place.ts';

/** Machines of one agency at one place, a letter each. */
function at(addressRange: string, machines: string, firstDay: number, dayCount: number) {
  const place = { addressRange, gateway: addressRange.replace(/0\/.*$/, '1'), firstDay, dayCount };
  return [...machines].map((machineId, index) => ({ machineId, ...place, lastDay: firstDay + dayCount - 1 + index }));
}

const SEEN = [
  ...at('203.0.113.0/24', 'a', 100, 30),
  ...at('192.0.2.0/24', 'abc', 110, 2),
  ...at('198.51.100.0/24', 'de', 120, 3),
];

function reasonsOf(declared: Parameters<typeof listPlaces>[1]) {
  return listPlaces(SEEN, declared).map(({ addressRange, reason, isOwn }) => [addressRange, reason, isOwn]);
}

describe('listPlaces()', () => {
  it('says by which part of the rule each place speaks for the agency, as the rule itself has it', () => {
    expect(reasonsOf([])).toEqual([
      ['192.0.2.0/24', 'most_machines', true],
      ['198.51.100.0/24', 'steady', true],
      ['203.0.113.0/24', 'elsewhere', false],
    ]);
    const own = listPlaces(SEEN, []).filter(({ isOwn }) => isOwn);
    expect(new Set(own.map(placeName))).toEqual(learnPlaces(SEEN));
  });

  it('counts machines, and the first and last day on which any was there', () => {
    expect(listPlaces(SEEN, [])[0]).toMatchObject({ machineCount: 3, firstDay: 110, lastDay: 113 });
  });

  it('lets nothing but declared places speak where there are any', () => {
    expect(reasonsOf([{ range: '203.0.0.0/16' }, { range: '192.0.2.0/26' }])).toEqual([
      ['192.0.2.0/24', 'declared_partly', undefined],
      ['198.51.100.0/24', 'elsewhere', false],
      ['203.0.113.0/24', 'declared', true],
    ]);
  });
});

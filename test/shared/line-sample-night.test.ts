import { describe, expect, it } from 'vitest';
import { isAtNight } from '#shared/line-sample-night.ts';

/** An instant by the wall clock in Viet Nam. */
const at = (text: string) => Date.parse(`2026-03-02T${text}+07:00`);

describe('isAtNight()', () => {
  it('goes over midnight, with its first hour and without its last', () => {
    const night = { fromHour: 22, toHour: 5 };
    const instants = ['21:59:59.999', '22:00:00', '23:59:59', '00:00:00', '04:59:59.999', '05:00:00', '12:00:00'];
    expect(instants.map((text) => isAtNight(at(text), night))).toEqual([false, true, true, true, true, false, false]);
  });

  it('may lie within one day', () => {
    const night = { fromHour: 0, toHour: 4 };
    const instants = ['23:59:59', '00:00:00', '03:59:59', '04:00:00'];
    expect(instants.map((text) => isAtNight(at(text), night))).toEqual([false, true, true, false]);
  });

  it('is empty when it ends where it begins inside a day', () => {
    expect(isAtNight(at('12:00:00'), { fromHour: 13, toHour: 14 })).toBe(false);
  });
});

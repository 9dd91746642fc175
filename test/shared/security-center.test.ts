import { describe, expect, it } from 'vitest';
import { decodeSecurityCenterState } from '#shared/security-center.ts';

const cases = [
  [397_568, 'on', 'up_to_date', true],
  [397_584, 'on', 'out_of_date', true],
  [393_472, 'off', 'up_to_date', true],
  [401_664, 'snoozed', 'up_to_date', true],
  [266_240, 'on', 'up_to_date', false],
  [266_256, 'on', 'out_of_date', false],
  [262_144, 'off', 'up_to_date', false],
  [397_312, 'on', 'up_to_date', false],
  [462_848, 'on', 'up_to_date', false],
] as const;

describe('decodeSecurityCenterState()', () => {
  it.each(cases)('reads %i as %s, %s', (productState, activity, signatures, isMicrosoft) => {
    expect(decodeSecurityCenterState(productState)).toEqual({ activity, signatures, isMicrosoft });
  });

  it('reads the activity 3 as expired', () => {
    expect(decodeSecurityCenterState(0x04_30_00)).toEqual({
      activity: 'expired',
      signatures: 'up_to_date',
      isMicrosoft: false,
    });
  });

  it.each([
    [0x04_40_00, 'unknown', 'up_to_date'],
    [0x04_f0_10, 'unknown', 'out_of_date'],
    [0x04_10_20, 'on', 'unknown'],
    [0x04_10_f0, 'on', 'unknown'],
  ])('leaves a nibble nobody has explained unknown in %i', (productState, activity, signatures) => {
    expect(decodeSecurityCenterState(productState)).toEqual({ activity, signatures, isMicrosoft: false });
  });

  it.each([-1, 1.5, 0x1_00_00_00, Number.NaN])('says nothing of %d, which is not of the known form', (productState) => {
    expect(decodeSecurityCenterState(productState)).toEqual({
      activity: 'unknown',
      signatures: 'unknown',
      isMicrosoft: false,
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '#collector/baselines/reasons.ts';
import { ageInDays, isReasonCode, REASONS, reason, reasonText } from '#collector/baselines/reasons.ts';

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();

describe('REASONS', () => {
  it('has the same places in both languages', () => {
    const unequal = Object.entries(REASONS).filter(
      ([, { vi, en }]) => JSON.stringify(placesOf(vi)) !== JSON.stringify(placesOf(en)),
    );
    expect(unequal).toEqual([]);
  });

  it('is sorted by code', () => {
    const codes = Object.keys(REASONS);
    expect(codes).toEqual(codes.toSorted());
  });
});

describe('reasonText()', () => {
  const signaturesAtMs = Date.parse('2026-11-11T17:30:00Z');
  const old = reason('antivirus_signatures_old', { product: 'ClamAV 1.0.7', signaturesAtMs, ageDays: 9.8, maxDays: 7 });

  it('prints days in Viet Nam time and numbers as the language writes them', () => {
    expect([reasonText(old, 'vi'), reasonText(old, 'en')]).toEqual([
      'ClamAV 1.0.7: mẫu nhận diện ngày 12/11/2026 đã cũ 9,8 ngày, cho phép tối đa 7',
      'ClamAV 1.0.7: signatures of 12/11/2026 are 9.8 days old, at most 7 allowed',
    ]);
  });

  it('prints a question mark for a parameter that is not there', () => {
    expect(reasonText(reason('antivirus_active'), 'en')).toBe('? protects in real time');
  });

  it('takes text of a machine as it is, places included', () => {
    expect(reasonText(reason('antivirus_active', { product: '<b>{x}</b>' }), 'en')).toBe(
      '<b>{x}</b> protects in real time',
    );
  });
});

describe('isReasonCode()', () => {
  it('knows its own codes and nothing of objects', () => {
    const codes: string[] = ['smb1_on' satisfies ReasonCode, 'toString', 'gone'];
    expect(codes.map(isReasonCode)).toEqual([true, false, false]);
  });
});

describe('ageInDays()', () => {
  it('rounds up to a tenth of a day', () => {
    expect([ageInDays(0, 864_000_000), ageInDays(0, 604_800_001)]).toEqual([10, 7.1]);
  });
});

import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatInstant, formatNumber } from '#agent/texts/format.ts';

const AT_MS = Date.parse('2026-11-05T20:04:09Z');

describe('formatInstant()', () => {
  it('is in the time of the zone and in the order of the language', () => {
    expect(formatInstant(AT_MS, 'vi', 'Asia/Ho_Chi_Minh')).toBe('06/11/2026 03:04');
    expect(formatInstant(AT_MS, 'en', 'UTC')).toBe('2026-11-05 20:04:09');
  });

  it('says that there is none', () => {
    expect(formatInstant(Number.NaN, 'vi')).toBe('?');
  });
});

describe('formatNumber()', () => {
  it('has the signs of the language', () => {
    expect([formatNumber(1_234.5, 'vi'), formatNumber(1_234.5, 'en')]).toEqual(['1.234,5', '1,234.5']);
  });
});

describe('formatBytes()', () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1_250, '1,3 KB', '1.3 KB'],
    [250_400, '250 KB', '250 KB'],
    [33_554_432, '33,6 MB', '33.6 MB'],
    [5_000_000_000, '5 GB', '5 GB'],
  ])('says %i as %s and %s', (bytes, vi, en) => {
    expect([formatBytes(bytes, 'vi'), formatBytes(bytes, 'en')]).toEqual([vi, en]);
  });
});

describe('formatDuration()', () => {
  it.each([
    [1_500, '1,5 giây', '1.5 seconds'],
    [-90_000, '90 giây', '90 seconds'],
    [180_000, '3 phút', '3 minutes'],
    [86_400_000, '24 giờ', '24 hours'],
    [1_771_200_000, '21 ngày', '21 days'],
  ])('says %i ms as %s and %s', (ms, vi, en) => {
    expect([formatDuration(ms, 'vi'), formatDuration(ms, 'en')]).toEqual([vi, en]);
  });
});

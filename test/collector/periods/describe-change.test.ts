import { describe, expect, it } from 'vitest';
import { describeChange } from '#collector/periods/describe-change.ts';

const COUNTS = {
  a: 2,
  b: 12,
  unknownCount: 9,
  agencyCount: 1,
  missingCount: 0,
  coverage: { reportingCount: 1, registeredCount: 2 },
  isProvisional: true,
};

describe('describeChange()', () => {
  it('gives the figure on both sides where it changed, came or went', () => {
    expect(describeChange({ before: COUNTS, after: { ...COUNTS, a: 3, unknownCount: 8 } }, 'en')).toBe('2/12 -> 3/12');
    expect(describeChange({ after: COUNTS }, 'vi')).toBe('không có -> 2/12');
    expect(describeChange({ before: COUNTS }, 'en')).toBe('2/12 -> none');
  });

  it('names whatever else changed of a figure that is the same', () => {
    const after = { ...COUNTS, unknownCount: 8, missingCount: 1, coverage: undefined, isProvisional: false };
    expect(describeChange({ before: COUNTS, after }, 'vi')).toBe(
      'chưa rõ 9 -> chưa rõ 8, cơ quan chưa khai báo 0 -> cơ quan chưa khai báo 1, độ phủ 1/2 -> độ phủ không có, tạm tính -> chính thức',
    );
    expect(describeChange({ before: COUNTS, after: { ...COUNTS, agencyCount: 2 } }, 'en')).toBe(
      'agencies 1 -> agencies 2',
    );
  });
});

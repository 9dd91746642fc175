import { describe, expect, it } from 'vitest';
import { describeRegisterProblem } from '#collector/register/register-problem.ts';

describe('describeRegisterProblem()', () => {
  it.each([
    {
      problem: {
        agencyCode: 'H47.12',
        field: 'parentCode',
        value: 'H47',
        reason: 'parent-not-valid',
        day: '2025-07-01',
      },
      vi: /^cơ quan cấp trên "H47" không tồn tại vào ngày 01\/07\/2025: /,
      en: /^the parent "H47" does not exist on 01\/07\/2025: /,
    },
    {
      problem: { agencyCode: 'H47', field: 'level', value: 'province', reason: 'level-under-level', allowed: [] },
      vi: /chỉ đặt được dưới: không cấp nào$/,
      en: /allowed is under: none$/,
    },
    {
      problem: {
        agencyCode: 'H47',
        field: 'validTo',
        value: '2025-06-30',
        reason: 'ends-before-it-begins',
        day: '2025-07-01',
      },
      vi: /^ngày hết hiệu lực 30\/06\/2025 trước ngày bắt đầu 01\/07\/2025$/,
      en: /^the last day 30\/06\/2025 is before the first day 01\/07\/2025$/,
    },
  ] as const)('says $problem.reason in both languages', ({ problem, vi, en }) => {
    expect(describeRegisterProblem(problem, 'vi')).toMatch(vi);
    expect(describeRegisterProblem(problem, 'en')).toMatch(en);
  });
});

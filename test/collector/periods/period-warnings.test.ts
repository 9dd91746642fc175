import { describe, expect, it } from 'vitest';
import { buildDocument } from '#collector/periods/build-document.ts';
import { periodWarnings } from '#collector/periods/period-warnings.ts';
import { parsePeriod } from '#collector/periods/reporting-period.ts';
import { group } from '../indicators/province.ts';
import { quarterFacts } from './period-rig.ts';

function documentOf(groups = quarterFacts().groups, isPeriodOver = true) {
  const snapshot = { ...quarterFacts({ groups }), day: '2026-09-30', atMs: 5 };
  return buildDocument(snapshot, { period: parsePeriod('2026-Q3'), isPeriodOver, softwareVersion: '0.1.0' });
}

describe('periodWarnings()', () => {
  it('counts machines that belong to no agency of the day, and names where they stood', () => {
    const groups = [
      group({ machineIds: ['a'] }),
      group({ agencyCode: 'H47.98', machineCount: 2, machineIds: ['b', 'c'] }),
    ];
    const warning = periodWarnings(documentOf(groups), 0).find(({ code }) => code === 'machines-unassigned');
    expect(warning).toEqual({
      code: 'machines-unassigned',
      count: 2,
      text: {
        vi: '2 máy tính không thuộc cơ quan nào của ngày chốt',
        en: '2 machines belong to no agency of that day',
      },
      about: ['H47.98'],
    });
  });

  it('says that a running period cannot be sealed, and leaves out what there is nothing of', () => {
    const codes = (isPeriodOver: boolean) => periodWarnings(documentOf([], isPeriodOver), 0).map(({ code }) => code);
    expect(codes(false)).toEqual(['coverage-low', 'numbers-missing', 'period-running']);
    expect(codes(true)).toEqual(['coverage-low', 'numbers-missing']);
  });
});

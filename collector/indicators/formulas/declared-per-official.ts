import type { Formula } from '../formula.ts';
import { overOfficials } from '../over-officials.ts';

/** A declared number, of the declared officials: staff for information technology or security, officials trained. */
export const declaredPerOfficial: Formula<'declared-per-official'> = {
  id: 'declared-per-official',
  describes: {
    vi: 'a: số khai báo; b: số CBCCVC khai báo; cơ quan thiếu một trong hai số thì không tính vào cả a và b',
    en: 'a: the declared number; b: declared officials; an agency that lacks one of the two is in neither',
  },
  arithmetic: 'quotient',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine(input, { subject }) {
    const declared = input.agency.numbers[subject];
    if (declared === undefined) {
      const { missing } = overOfficials(input, []);
      return { parts: undefined, missing: [subject, ...missing] };
    }
    const unit = { kind: 'declared', subject, declared } as const;
    return overOfficials(input, [{ standing: 'counted', reason: 'declared', count: declared.value, unit }]);
  },
};

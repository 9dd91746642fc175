import type { Classified } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Agencies that declared to have something. */
export const agenciesDeclaring: Formula<'agencies-declaring'> = {
  id: 'agencies-declaring',
  describes: {
    vi: 'a: cơ quan thuộc các cấp được tính đã khai báo số lớn hơn 0; b: cơ quan thuộc các cấp được tính; cơ quan chưa từng khai báo là chưa rõ',
    en: 'a: agencies of the levels that declared a number above 0; b: agencies of the levels; one that never declared it is unknown',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine({ agency }, { levels, subject }) {
    if (!levels.includes(agency.level)) return undefined;
    const declared = agency.numbers[subject];
    const unit =
      declared === undefined ? ({ kind: 'agency' } as const) : { kind: 'declared' as const, subject, declared };
    return { parts: [{ ...classify(declared?.value), count: 1, unit }], missing: [] };
  },
};

function classify(value: number | undefined): Classified {
  if (value === undefined) return { standing: 'unknown', reason: 'undeclared' };
  return value > 0
    ? { standing: 'counted', reason: 'declared_yes' }
    : { standing: 'not_counted', reason: 'declared_no' };
}

import type { SolutionType } from '../../register/declared-item.ts';
import { isHeardOf } from '../counted-machines.ts';
import { type Classified, passesAll } from '../examine-machines.ts';
import type { Formula, FormulaInput } from '../formula.ts';

/** The mean over types of solution of the agencies that have it: added up over the types, so that a and b are whole. */
export const agenciesWithSolutions: Formula<'agencies-with-solutions'> = {
  id: 'agencies-with-solutions',
  describes: {
    vi: 'a: với từng loại giải pháp, số cơ quan thuộc các cấp được tính có giải pháp đó, rồi cộng lại: phòng, chống mã độc xét theo ít nhất một máy đạt các quy tắc, các loại khác theo khai báo; b: số cơ quan thuộc các cấp được tính nhân số loại giải pháp; cơ quan chưa khai báo gì về trang thiết bị là chưa rõ',
    en: 'a: for each type of solution the agencies of the levels that have it, added up: antivirus by at least one machine that passes the rules, the others as declared; b: agencies of the levels times types; an agency that declared no solution at all is unknown',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine(input, { levels, ruleIds, solutionTypes }) {
    if (!levels.includes(input.agency.level)) return undefined;
    const measured = antivirusOf(input, ruleIds);
    const declared = solutionTypes.map((type) => ({ type, classified: solutionOf(input, type) }));
    return {
      parts: [{ type: 'antivirus', classified: measured }, ...declared].map(({ type, classified }) => ({
        ...classified,
        count: 1,
        unit: { kind: 'agency', detail: type },
      })),
      missing: [],
    };
  },
};

function antivirusOf({ groups, countedKinds }: FormulaInput, ruleIds: readonly string[]): Classified {
  const standings = groups
    .filter((group) => group.kind !== undefined && countedKinds.includes(group.kind) && isHeardOf(group))
    .map((group) => passesAll(group, ruleIds).standing);
  if (standings.includes('counted')) return { standing: 'counted', reason: 'antivirus_seen' };
  if (standings.length === 0) return { standing: 'unknown', reason: 'no_machine' };
  return standings.includes('unknown')
    ? { standing: 'unknown', reason: 'not_judged' }
    : { standing: 'not_counted', reason: 'antivirus_unseen' };
}

function solutionOf({ agency: { items } }: FormulaInput, type: SolutionType): Classified {
  const isThere = items.some((item) => item.kind === 'solution' && item.solutionType === type);
  if (isThere) return { standing: 'counted', reason: 'declared_yes' };
  // Lines and systems are listed in files of their own: only whoever listed a solution has listed them all.
  return items.some(({ kind }) => kind === 'solution')
    ? { standing: 'not_counted', reason: 'declared_no' }
    : { standing: 'unknown', reason: 'undeclared' };
}

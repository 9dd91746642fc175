import type { LocalText } from '../catalogues/language.ts';
import type { SealDocument } from './seal-document.ts';

/** What whoever seals should know first. */
export interface PeriodWarning {
  readonly code: 'conflicts-open' | 'coverage-low' | 'machines-unassigned' | 'numbers-missing' | 'period-running';
  /** How many agencies, machines or indicators it concerns. */
  readonly count: number;
  readonly text: LocalText;
  /** Agency codes or indicator ids it concerns, sorted. */
  readonly about: readonly string[];
}

type Found = Pick<PeriodWarning, 'code' | 'count' | 'about'>;

const TEXTS: Readonly<Record<PeriodWarning['code'], (count: number) => LocalText>> = {
  'conflicts-open': (count) => ({
    vi: `${count} máy tính trùng định danh chưa được quyết định`,
    en: `${count} machines with a conflict of identity that nobody decided`,
  }),
  'coverage-low': (count) => ({
    vi: `${count} chỉ tiêu còn tạm tính: tỷ lệ phủ dưới ngưỡng hoặc thiếu số khai báo`,
    en: `${count} indicators are provisional: coverage is too low or declared numbers are missing`,
  }),
  'machines-unassigned': (count) => ({
    vi: `${count} máy tính không thuộc cơ quan nào của ngày chốt`,
    en: `${count} machines belong to no agency of that day`,
  }),
  'numbers-missing': (count) => ({
    vi: `${count} cơ quan chưa khai báo số cần cho chỉ tiêu`,
    en: `${count} agencies have not declared what a figure needs`,
  }),
  'period-running': () => ({
    vi: 'Kỳ báo cáo chưa kết thúc, chưa thể chốt',
    en: 'The period is not over and cannot be sealed',
  }),
};

/**
 * What stands in the way of calling the figures final, sorted by code.
 *
 * @param conflictCount machines whose identity somebody has still to decide about
 */
export function periodWarnings(document: SealDocument, conflictCount: number): readonly PeriodWarning[] {
  const { facts, results, units, isPeriodOver } = document;
  const low = results.filter(({ scope, isProvisional }) => scope === 'register' && isProvisional);
  const missing = new Set(units.flatMap((one) => one.missing.map(({ agencyCode }) => agencyCode)));
  const codes = new Set(facts.register.agencies.map(({ code }) => code));
  const rest = facts.groups.filter(({ agencyCode }) => !codes.has(agencyCode));
  const found: readonly Found[] = [
    { code: 'conflicts-open', count: conflictCount, about: [] },
    { code: 'coverage-low', count: low.length, about: low.map(({ indicatorId }) => indicatorId).toSorted() },
    {
      code: 'machines-unassigned',
      count: rest.reduce((sum, { machineCount }) => sum + machineCount, 0),
      about: [...new Set(rest.map(({ agencyCode }) => agencyCode))].toSorted(),
    },
    { code: 'numbers-missing', count: missing.size, about: [...missing].toSorted() },
    { code: 'period-running', count: isPeriodOver ? 0 : 1, about: [] },
  ];
  return found.filter(({ count }) => count > 0).map((one) => ({ ...one, text: TEXTS[one.code](one.count) }));
}

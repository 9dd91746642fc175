import type { Language } from '../catalogues/language.ts';
import type { Counts, ResultDifference } from './compare-results.ts';

const TEXTS = {
  agencies: { vi: 'số cơ quan', en: 'agencies' },
  coverage: { vi: 'độ phủ', en: 'coverage' },
  final: { vi: 'chính thức', en: 'final' },
  missing: { vi: 'cơ quan chưa khai báo', en: 'agencies without a number' },
  none: { vi: 'không có', en: 'none' },
  provisional: { vi: 'tạm tính', en: 'provisional' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
} as const;

/**
 * Says what changed of a figure: `0/12 -> 0/15`, and where numerator and denominator are the same whatever else is not,
 * `unknown 9 -> 8, provisional -> final`.
 */
export function describeChange(
  { before, after }: Pick<ResultDifference, 'before' | 'after'>,
  language: Language,
): string {
  const none = TEXTS.none[language];
  const pair = arrow(pairOf(before) ?? none, pairOf(after) ?? none);
  if (before === undefined || after === undefined || before.a !== after.a || before.b !== after.b) return pair;
  const said = (counts: Counts) => [
    `${TEXTS.unknown[language]} ${counts.unknownCount}`,
    `${TEXTS.agencies[language]} ${counts.agencyCount}`,
    `${TEXTS.missing[language]} ${counts.missingCount}`,
    `${TEXTS.coverage[language]} ${coverageOf(counts) ?? none}`,
    TEXTS[counts.isProvisional ? 'provisional' : 'final'][language],
  ];
  const later = said(after);
  return said(before)
    .flatMap((text, index) => (text === later[index] ? [] : [arrow(text, later[index] ?? none)]))
    .join(', ');
}

function arrow(before: string, after: string): string {
  return `${before} -> ${after}`;
}

function pairOf(counts: Counts | undefined): string | undefined {
  return counts === undefined ? undefined : `${counts.a}/${counts.b}`;
}

function coverageOf({ coverage }: Counts): string | undefined {
  return coverage === undefined ? undefined : `${coverage.reportingCount}/${coverage.registeredCount}`;
}

import { addDays } from '../catalogues/viet-nam-time.ts';
import type { Agency, AgencyLevel, AgencyVersion } from './agency.ts';
import { LEVEL_LAST_DAYS, LEVELS_ABOVE } from './level-rules.ts';
import type { RegisterProblem } from './register-problem.ts';
import type { RegisterFacts } from './register-state.ts';

/** The part of the facts that makes the tree. */
export type RegisterTree = Pick<RegisterFacts, 'agencies' | 'versions'>;

/** Days in which an agency stood at one place; texts, so that the bounds compare. */
interface Period {
  /** Empty: since ever. */
  readonly from: string;
  readonly to: string;
  readonly level: AgencyLevel;
  readonly parentCode: string | undefined;
}

interface Entry {
  readonly agency: Agency;
  readonly periods: readonly Period[];
}

type Entries = ReadonlyMap<string, Entry>;

const NO_END = '9999-12-31';

/**
 * Everything that is wrong with the tree on any day, by agency; pure.
 *
 * A parent that began after a child of which no first day is known is let pass: the day of the child is what is missing.
 */
export function registerProblems(tree: RegisterTree): readonly RegisterProblem[] {
  const versions = Map.groupBy(tree.versions, ({ code }) => code);
  const entries: Entries = new Map(
    tree.agencies.map((agency) => [
      agency.code,
      { agency, periods: periodsOf(agency, versions.get(agency.code) ?? []) },
    ]),
  );
  return tree.agencies
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap(({ code }) => {
      const entry = entries.get(code);
      return entry === undefined ? [] : problemsOf(entry, entries);
    });
}

/** Problems that a change brings; those that were there before stay whoever made them. */
export function newProblems(before: RegisterTree, after: RegisterTree): readonly RegisterProblem[] {
  const known = new Set(registerProblems(before).map(keyOf));
  return registerProblems(after).filter((problem) => !known.has(keyOf(problem)));
}

function keyOf({ agencyCode, field, value, reason, day }: RegisterProblem): string {
  return [agencyCode, field, value, reason, day].join(' ');
}

function periodsOf(agency: Agency, versions: readonly AgencyVersion[]): readonly Period[] {
  const sorted = versions.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  const forms = sorted.length === 0 ? [{ level: agency.level, parentCode: agency.parentCode }] : sorted;
  const first = agency.validFrom ?? '';
  const last = agency.validTo ?? NO_END;
  return forms
    .map(({ level, parentCode }, index) => {
      const next = sorted[index + 1]?.from;
      // A day before the first version is named by it, as registerAt() does.
      const from = index === 0 ? '' : (sorted[index]?.from ?? '');
      const to = next === undefined ? NO_END : addDays(next, -1);
      return { from: latest(from, first), to: earliest(to, last), level, parentCode };
    })
    .filter(({ from, to }) => from <= to);
}

function latest(...days: readonly string[]): string {
  return days.toSorted().at(-1) ?? '';
}

function earliest(...days: readonly string[]): string {
  return days.toSorted().at(0) ?? NO_END;
}

function problemsOf(entry: Entry, entries: Entries): readonly RegisterProblem[] {
  const { code: agencyCode, validFrom = '', validTo } = entry.agency;
  if (validTo !== undefined && validTo < validFrom) {
    return [{ agencyCode, field: 'validTo', value: validTo, reason: 'ends-before-it-begins', day: validFrom }];
  }
  return [
    ...entry.periods.flatMap((period) => levelProblems(agencyCode, period)),
    ...entry.periods.flatMap((period) => parentProblems(agencyCode, period, entries)),
    ...replacementProblems(entry.agency, entries),
  ];
}

function levelProblems(agencyCode: string, { level, to }: Period): readonly RegisterProblem[] {
  const day = LEVEL_LAST_DAYS[level];
  if (day === undefined || to <= day) return [];
  return [{ agencyCode, field: 'level', value: level, reason: 'level-ended', day }];
}

function parentProblems(agencyCode: string, period: Period, entries: Entries): readonly RegisterProblem[] {
  const { level, parentCode } = period;
  if (parentCode === undefined) return [];
  const about = { agencyCode, field: 'parentCode', value: parentCode } as const;
  const parent = entries.get(parentCode);
  if (parent === undefined) return [{ ...about, reason: 'parent-unknown' }];
  if (isBelow(parentCode, agencyCode, period.from, entries)) return [{ ...about, reason: 'parent-below' }];
  const absent = dayWithout(parent.agency, period);
  if (absent !== undefined) return [{ ...about, reason: 'parent-not-valid', day: absent }];
  const allowed = LEVELS_ABOVE[level];
  const misfit = parent.periods.some(
    (above) => above.from <= period.to && above.to >= period.from && !allowed.includes(above.level),
  );
  return misfit ? [{ agencyCode, field: 'level', value: level, reason: 'level-under-level', allowed }] : [];
}

/** The first day of a period on which the parent does not exist; undefined when it always does. */
function dayWithout({ validFrom = '', validTo = NO_END }: Agency, { from, to }: Period): string | undefined {
  if (from !== '' && (validFrom > from || validTo < from)) return from;
  return validTo < to ? addDays(validTo, 1) : undefined;
}

/** A cycle begins on the first day of one of its periods, so that looking at those days finds each. */
function isBelow(startCode: string, agencyCode: string, day: string, entries: Entries): boolean {
  const seen = new Set<string>();
  let code: string | undefined = startCode;
  while (code !== undefined && !seen.has(code)) {
    if (code === agencyCode) return true;
    seen.add(code);
    code = entries.get(code)?.periods.find(({ from, to }) => from <= day && day <= to)?.parentCode;
  }
  return false;
}

function replacementProblems({ code, validTo, replacedBy }: Agency, entries: Entries): readonly RegisterProblem[] {
  if (replacedBy === undefined) return [];
  const about = { agencyCode: code, field: 'replacedBy', value: replacedBy } as const;
  const replacement = entries.get(replacedBy)?.agency;
  if (replacement === undefined) return [{ ...about, reason: 'replacement-unknown' }];
  if (validTo === undefined) return [{ ...about, reason: 'replaced-without-end' }];
  const day = addDays(validTo, 1);
  const { validFrom = '', validTo: end = NO_END } = replacement;
  // An agency that replaces itself, or two that replace each other, cannot exist on the day after their own end.
  return validFrom <= day && day <= end ? [] : [{ ...about, reason: 'replacement-not-valid', day }];
}

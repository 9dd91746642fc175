import { isDeepStrictEqual } from 'node:util';
import type { IndicatorResult } from '../indicators/indicator-result.ts';

/** Everything a result says of its place, which is what is compared. */
export type Counts = Omit<IndicatorResult, 'indicatorId' | 'scope' | 'agencyCode' | 'level'>;

/** A figure that is not the same on both sides; a side without it is absent. */
export interface ResultDifference extends Pick<IndicatorResult, 'indicatorId' | 'scope' | 'agencyCode' | 'level'> {
  readonly before?: Counts;
  readonly after?: Counts;
}

/** Names what a result is about, for messages: `antivirus of H47.12 (agency)`. */
export function describePlace({
  indicatorId,
  scope,
  agencyCode,
  level,
}: Omit<ResultDifference, 'before' | 'after'>): string {
  const where = agencyCode === '' ? level : agencyCode;
  return where === '' ? `${indicatorId} (${scope})` : `${indicatorId} of ${where} (${scope})`;
}

/** Every figure of which anything differs, if only its coverage or its mark, in the order of the later results, those that went away last. */
export function compareResults(
  before: readonly IndicatorResult[],
  after: readonly IndicatorResult[],
): readonly ResultDifference[] {
  const earlier = new Map(before.map((result) => [describePlace(result), result]));
  const later = new Set(after.map(describePlace));
  const changed = after.flatMap((result) => {
    const known = earlier.get(describePlace(result));
    if (known === undefined) return [{ ...placeOf(result), after: countsOf(result) }];
    return isAlike(known, result) ? [] : [{ ...placeOf(result), before: countsOf(known), after: countsOf(result) }];
  });
  const gone = before.filter((result) => !later.has(describePlace(result)));
  return [...changed, ...gone.map((result) => ({ ...placeOf(result), before: countsOf(result) }))];
}

function isAlike(one: Counts, other: Counts): boolean {
  return isDeepStrictEqual(countsOf(one), countsOf(other));
}

function placeOf({ indicatorId, scope, agencyCode, level }: IndicatorResult) {
  return { indicatorId, scope, agencyCode, level };
}

function countsOf({ a, b, unknownCount, agencyCount, missingCount, coverage, isProvisional }: Counts): Counts {
  return { a, b, unknownCount, agencyCount, missingCount, coverage, isProvisional };
}

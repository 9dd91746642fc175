import type { IndicatorResult } from '../indicators/indicator-result.ts';

/** The counts of a result, which is what is compared. */
export type Counts = Pick<IndicatorResult, 'a' | 'b' | 'unknownCount' | 'isProvisional'>;

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

/** Every figure whose counts differ, in the order of the later results, those that went away last. */
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
  return (
    one.a === other.a &&
    one.b === other.b &&
    one.unknownCount === other.unknownCount &&
    one.isProvisional === other.isProvisional
  );
}

function placeOf({ indicatorId, scope, agencyCode, level }: IndicatorResult) {
  return { indicatorId, scope, agencyCode, level };
}

function countsOf({ a, b, unknownCount, isProvisional }: IndicatorResult): Counts {
  return { a, b, unknownCount, isProvisional };
}

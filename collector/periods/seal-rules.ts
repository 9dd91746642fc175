import { TramdoError } from '#shared/errors.ts';
import { dayNumberOfDate, dayStartMs, formatDate } from '../catalogues/viet-nam-time.ts';
import type { Principal } from '../people/principal.ts';
import { hasEnded, parsePeriod, periodEndMs, type ReportingPeriod } from './reporting-period.ts';
import type { SealRecord } from './seal-record.ts';

/** @throws {TramdoError} PERIOD_NOT_ENDED when not a day of the period has begun */
export function requireBegun({ id, firstDay }: ReportingPeriod, nowMs: number): void {
  const firstMs = dayStartMs(dayNumberOfDate(firstDay));
  if (nowMs >= firstMs) return;
  throw new TramdoError('PERIOD_NOT_ENDED', `Cannot compute ${id} as it begins on ${formatDate(firstMs)}`);
}

/** @throws {TramdoError} PERIOD_NOT_ENDED when a day of the period is still to come or under way */
export function requireEnded(period: ReportingPeriod, nowMs: number): void {
  if (hasEnded(period, nowMs)) return;
  const lastDay = formatDate(periodEndMs(period) - 1);
  throw new TramdoError(
    'PERIOD_NOT_ENDED',
    `Cannot seal ${period.id} as it ends with ${lastDay}: it can be sealed the day after`,
  );
}

/**
 * A seal speaks for every agency.
 *
 * @param what what is to be done, as in "Cannot …"
 * @throws {TramdoError} ACCESS_FORBIDDEN for somebody who may only see some of them
 */
export function requireWholeRegister({ name, agencyCode }: Principal, what: string): void {
  if (agencyCode === undefined) return;
  throw new TramdoError(
    'ACCESS_FORBIDDEN',
    `Cannot ${what} as "${name}" may only see ${agencyCode} and what is below it, and a seal speaks for the whole register`,
  );
}

/** What is answered for a seal that is not there. */
export function unknownSeal(seq: number): TramdoError {
  return new TramdoError('SEAL_UNKNOWN', `Cannot find the seal ${seq}`);
}

/** What is answered when the facts are not those of the draft that was reviewed. */
export function changedSince(contentHash: string): TramdoError {
  return new TramdoError(
    'PERIOD_CHANGED',
    `Cannot seal as the figures are no longer those of the draft ${contentHash}: review the draft again`,
  );
}

/** The newest seal of the same period. */
export function newestOf(newestFirst: readonly SealRecord[], { id }: ReportingPeriod): SealRecord | undefined {
  return newestFirst.find(({ periodId }) => periodId === id);
}

/** The newest seal of the latest period of the same length that was over before this one began. */
export function newestBefore(
  newestFirst: readonly SealRecord[],
  { kind, firstDay }: ReportingPeriod,
): SealRecord | undefined {
  let latest: { readonly seal: SealRecord; readonly lastDay: string } | undefined;
  for (const seal of newestFirst) {
    const period = parsePeriod(seal.periodId);
    if (period.kind !== kind || period.lastDay >= firstDay) continue;
    if (latest === undefined || period.lastDay > latest.lastDay) latest = { seal, lastDay: period.lastDay };
  }
  return latest?.seal;
}

import { TramdoError } from '#shared/errors.ts';
import { addDays } from '../catalogues/viet-nam-time.ts';
import type { Agency, AgencyVersion } from './agency.ts';
import type { RegisterChange } from './register-change.ts';
import { existsOn, type RegisterFacts } from './register-state.ts';
import { agencyOf, plainForm, versionOn } from './set-form.ts';

/** How an agency ends. */
export interface ClosingOrder {
  readonly code: string;
  /** First day without it, `yyyy-mm-dd`. */
  readonly on: string;
  /** The agency that takes over; absent: its machines stay to be assigned. */
  readonly replacedBy?: string;
}

/**
 * The change that ends an agency; pure. What stands below it goes under the replacement; without one it stays where it
 * is, which the check of the tree refuses.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID when the agency does not exist on the day before
 */
export function planClosing(facts: RegisterFacts, { code, on, replacedBy }: ClosingOrder): RegisterChange {
  const { replacedBy: _replaced, ...agency } = endable(facts, code, on);
  const closed: Agency = {
    ...agency,
    validTo: addDays(on, -1),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
  if (replacedBy === undefined) return { agencies: [closed] };
  return { agencies: [closed], versions: handOver(facts, new Set([code]), replacedBy, on) };
}

/**
 * An agency that may end on a day.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID
 */
export function endable(facts: RegisterFacts, code: string, on: string): Agency {
  const agency = agencyOf(facts, code);
  const lastDay = addDays(on, -1);
  if (existsOn({ ...agency, validTo: undefined }, lastDay)) return agency;
  throw new TramdoError(
    'AGENCY_INVALID',
    `Cannot end the agency "${code}" on ${on} as it begins later, allowed is a day after ${agency.validFrom}`,
  );
}

/** Versions that put what stands below some agencies from a day on under another one. */
export function handOver(
  { agencies, versions }: RegisterFacts,
  from: ReadonlySet<string>,
  to: string,
  on: string,
): readonly AgencyVersion[] {
  const later = versions
    .filter((version) => (version.from ?? '') > on && from.has(version.parentCode ?? ''))
    .map((version) => ({ ...version, parentCode: to }));
  const now = agencies
    .filter((agency) => (agency.validTo ?? on) >= on && !from.has(agency.code))
    .map((agency) => versionOn(versions, agency, on))
    .filter(({ parentCode }) => from.has(parentCode ?? ''))
    .map((version) => ({ code: version.code, ...plainForm(version), parentCode: to, from: on }));
  return [...now, ...later.filter(({ code }) => !from.has(code))];
}

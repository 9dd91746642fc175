import type { Agency } from './agency.ts';
import type { RegisterFacts } from './register-state.ts';

/**
 * The agency that answers on a day `yyyy-mm-dd` for what an agency began: itself until its last day, then its
 * replacement, and so on; pure. Undefined for a code that is not in the register, and when the last of the chain ended
 * without a replacement.
 */
export function agencyInCharge(
  { agencies }: Pick<RegisterFacts, 'agencies'>,
  code: string,
  day: string,
): Agency | undefined {
  const byCode = new Map(agencies.map((agency) => [agency.code, agency]));
  const seen = new Set<string>();
  let agency = byCode.get(code);
  while (agency !== undefined && hasEnded(agency, day)) {
    if (seen.has(agency.code) || agency.replacedBy === undefined) return undefined;
    seen.add(agency.code);
    agency = byCode.get(agency.replacedBy);
  }
  return agency;
}

/** Tells whether an agency is no more on a day `yyyy-mm-dd`; one that has not begun has not ended. */
export function hasEnded({ validTo }: Agency, day: string): boolean {
  return validTo !== undefined && validTo < day;
}

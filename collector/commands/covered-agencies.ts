import { TramdoError } from '#shared/errors.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type RegisterState, subtreeOf } from '../register/register-state.ts';

/**
 * Tells of an agency whether it is the one of an option or below it; of every one when the option is absent.
 *
 * @throws {TramdoError} AGENCY_INVALID, AGENCY_UNKNOWN
 */
export function coveredAgencies(register: RegisterState, text: string | undefined): (agencyCode: string) => boolean {
  if (text === undefined) return () => true;
  const top = parseAgencyCode(text);
  const codes = subtreeOf(register, top);
  if (codes.size > 0) return (code) => codes.has(code);
  throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${top}" in the register`);
}

import type { RowReader } from './row-reader.ts';
import type { PlanContext } from './table-plan.ts';

/** The code of a row's agency, which must be in the register and one that whoever imports may change. */
export function readOwnAgency(reader: RowReader<'agencyCode'>, { known, scope }: PlanContext): string | undefined {
  const code = reader.code('agencyCode');
  if (code === undefined) return undefined;
  // One answer for both within a scope: what exists elsewhere is nobody's business.
  if (scope.codes !== undefined && !scope.covers(code)) return none(reader, 'agency-out-of-scope');
  return known.agency(code) === undefined ? none(reader, 'agency-unknown') : code;
}

function none(reader: RowReader<'agencyCode'>, problem: 'agency-out-of-scope' | 'agency-unknown'): undefined {
  reader.refuse('agencyCode', problem);
  return undefined;
}

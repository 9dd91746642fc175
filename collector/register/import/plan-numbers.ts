import { DECLARED_SUBJECTS, type DeclaredSubject } from '../agency.ts';
import type { RegisteredAgency } from '../register-state.ts';
import type { ImportChange } from './import-change.ts';
import { NUMBER_COLUMNS } from './number-columns.ts';
import type { RowReader } from './row-reader.ts';
import type { PlanContext, RowOrigin } from './table-plan.ts';

/** Largest number that may be declared. */
const MAX_NUMBER = 10_000_000;

/** Numbers of a row by subject; absent where the cell is empty. */
export type RowNumbers = { readonly [Subject in DeclaredSubject]?: number };

/** Reads the cells with numbers; `có` and `không` are 1 and 0 for the local network. */
export function readNumbers(reader: RowReader<DeclaredSubject>): RowNumbers {
  const numbers: { [Subject in DeclaredSubject]?: number } = {};
  for (const subject of DECLARED_SUBJECTS) {
    const value = subject === 'lan' ? toNumber(reader.yesNo(subject)) : reader.whole(subject, 0, MAX_NUMBER);
    if (value !== undefined) numbers[subject] = value;
  }
  return numbers;
}

function toNumber(isThere: boolean | undefined): number | undefined {
  return isThere === undefined ? undefined : Number(isThere);
}

/**
 * Compares the numbers of a row with each other, and with what is known where the row says nothing.
 *
 * More stand-alone computers than computers cannot be, as the first are counted among the second. More trained officials
 * than officials can be, people having left since, so that is a warning.
 */
export function checkNumbers(
  reader: RowReader<DeclaredSubject>,
  numbers: RowNumbers,
  before: RegisteredAgency | undefined,
): void {
  const declaredValue = (subject: DeclaredSubject) => numbers[subject] ?? before?.numbers[subject]?.value;
  const [alone, all] = [declaredValue('stand-alone-computers'), declaredValue('computers')];
  const isAloneNew = numbers['stand-alone-computers'] !== undefined;
  if (alone !== undefined && all !== undefined && alone > all && (isAloneNew || numbers.computers !== undefined)) {
    reader.refuse(isAloneNew ? 'stand-alone-computers' : 'computers', 'stand-alone-exceeds', {
      value: alone,
      other: all,
    });
  }
  const officials = declaredValue('officials');
  for (const { key, heading } of NUMBER_COLUMNS) {
    if (key !== 'trained-officials' && key !== 'it-staff' && key !== 'security-staff') continue;
    const value = numbers[key];
    if (value === undefined || officials === undefined || value <= officials) continue;
    reader.warn(key, 'more-than-officials', { heading, value, other: officials });
  }
}

/** The numbers of a row that are not known yet. */
export function planNumbers(
  agencyCode: string,
  line: number,
  numbers: RowNumbers,
  origin: RowOrigin,
  { known }: Pick<PlanContext, 'known'>,
): readonly ImportChange[] {
  const state = known.stateOf(agencyCode, origin.asOf);
  return DECLARED_SUBJECTS.flatMap((subject): readonly ImportChange[] => {
    const value = numbers[subject];
    if (value === undefined) return [];
    const exact = known.numberOf(agencyCode, subject, origin.asOf);
    const held = origin.isAsOfGiven ? exact : state?.numbers[subject];
    const isSameSource = !origin.isSourceGiven || held?.source === origin.source;
    if (held !== undefined && held.value === value && isSameSource) return [];
    const after = { agencyCode, subject, value, asOf: origin.asOf, source: origin.source };
    return [{ kind: 'number', line, after, ...(exact === undefined ? {} : { before: exact }) }];
  });
}

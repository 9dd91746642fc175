import { dayNumber, dayStartMs, formatDate } from '../catalogues/viet-nam-time.ts';
import { DECLARED_SUBJECTS, type DeclaredNumber, declaredNumber, parseDeclared } from '../register/agency.ts';
import { countOption, type OptionValues, textOption } from './command.ts';

/** Options with which an agency's numbers are declared. */
export const DECLARED_OPTIONS = {
  officials: { type: 'string' },
  computers: { type: 'string' },
  'as-of': { type: 'string' },
  source: { type: 'string' },
} as const;

/** Where a number comes from when nobody says. */
const NO_SOURCE = 'command line';

/**
 * The numbers that the options declare; as of today in Viet Nam unless they say otherwise.
 *
 * @throws {TramdoError} USAGE, AGENCY_INVALID
 */
export function declaredNumbers(agencyCode: string, options: OptionValues, nowMs: number): readonly DeclaredNumber[] {
  const asOf = textOption(options, 'as-of') ?? today(nowMs);
  const source = textOption(options, 'source') ?? NO_SOURCE;
  return DECLARED_SUBJECTS.flatMap((subject) => {
    const value = countOption(options, subject);
    return value === undefined ? [] : [parseDeclared(declaredNumber, { agencyCode, subject, value, asOf, source })];
  });
}

function today(nowMs: number): string {
  return formatDate(dayStartMs(dayNumber(nowMs)))
    .split('/')
    .toReversed()
    .join('-');
}

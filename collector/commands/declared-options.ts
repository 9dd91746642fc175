import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { DECLARED_SUBJECTS, type DeclaredNumber, declaredNumber, parseDeclared } from '../register/agency.ts';
import { countOption, type OptionValues, textOption } from './command.ts';

/** Where something comes from and the day it holds for. */
export const SOURCE_OPTIONS = { 'as-of': { type: 'string' }, source: { type: 'string' } } as const;

/** Options with which an agency's numbers are declared, one a subject. */
export const DECLARED_OPTIONS = {
  computers: { type: 'string' },
  'it-staff': { type: 'string' },
  lan: { type: 'string' },
  officials: { type: 'string' },
  'security-staff': { type: 'string' },
  'stand-alone-computers': { type: 'string' },
  'trained-officials': { type: 'string' },
  ...SOURCE_OPTIONS,
} as const;

/** {@link DECLARED_OPTIONS} as `--help` shows them. */
export const DECLARED_USAGE = `${DECLARED_SUBJECTS.map((subject) => `[--${subject} ${subject === 'lan' ? '0|1' : 'N'}]`).join(' ')} [--as-of DATE] [--source TEXT]`;

/** Where a number comes from when nobody says. */
const NO_SOURCE = 'command line';

/** Day and source of what is declared; today in Viet Nam and the command line unless the options say otherwise. */
export function declaredTerms(options: OptionValues, nowMs: number): Pick<DeclaredNumber, 'asOf' | 'source'> {
  return {
    asOf: textOption(options, 'as-of') ?? isoDateOf(nowMs),
    source: textOption(options, 'source') ?? NO_SOURCE,
  };
}

/**
 * The numbers that the options declare, sorted by subject.
 *
 * @throws {TramdoError} USAGE, AGENCY_INVALID
 */
export function declaredNumbers(agencyCode: string, options: OptionValues, nowMs: number): readonly DeclaredNumber[] {
  const terms = declaredTerms(options, nowMs);
  return DECLARED_SUBJECTS.flatMap((subject) => {
    const value = countOption(options, subject);
    return value === undefined ? [] : [parseDeclared(declaredNumber, { agencyCode, subject, value, ...terms })];
  });
}

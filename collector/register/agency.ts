import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';

/** Levels of an agency; `district` ended on 1 July 2025 and is kept for the periods before. */
export const AGENCY_LEVELS = ['province', 'department', 'district', 'commune', 'unit'] as const;

/** One of {@link AGENCY_LEVELS}. */
export type AgencyLevel = (typeof AGENCY_LEVELS)[number];

/**
 * What an agency declares of itself as a number. `computers` counts every desktop and laptop, the stand-alone ones for
 * state secrets included, which `stand-alone-computers` counts once more by themselves; `lan` is 1 for an agency that
 * has a local network and 0 for one that has none.
 */
export const DECLARED_SUBJECTS = [
  'computers',
  'it-staff',
  'lan',
  'officials',
  'security-staff',
  'stand-alone-computers',
  'trained-officials',
] as const;

/** One of {@link DECLARED_SUBJECTS}. */
export type DeclaredSubject = (typeof DECLARED_SUBJECTS)[number];

/** One unit of the register. */
export const agency = z.strictObject({
  code: z.string().max(35).describe('Agency code, see agency-code.ts'),
  nameVi: z.string().trim().min(1).max(200).describe('Vietnamese name'),
  nameEn: z.string().trim().min(1).max(200).optional().describe('English name'),
  level: z.enum(AGENCY_LEVELS),
  parentCode: z.string().max(35).optional().describe('The agency above'),
  validFrom: z.iso.date().optional().describe('First day of its existence; absent when it always was'),
  validTo: z.iso.date().optional().describe('Last day of its existence; absent while it exists'),
  replacedBy: z.string().max(35).optional().describe('The agency that took over'),
});

/** See {@link agency}. */
export type Agency = z.infer<typeof agency>;

/** A number that somebody said, with the day it holds for and where it is written. */
export const declaredNumber = z.strictObject({
  agencyCode: z.string().max(35),
  subject: z.enum(DECLARED_SUBJECTS),
  value: z.int().nonnegative().max(10_000_000),
  asOf: z.iso.date().describe('Day the number holds for'),
  source: z.string().trim().min(1).max(500).describe('Document or person it comes from'),
});

/** See {@link declaredNumber}. */
export type DeclaredNumber = z.infer<typeof declaredNumber>;

/**
 * Checks something a person wrote against one of the schemas above.
 *
 * @throws {TramdoError} AGENCY_INVALID, which names the field, its value and what is allowed.
 */
export function parseDeclared<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new TramdoError('AGENCY_INVALID', `Cannot accept the agency: ${z.prettifyError(parsed.error)}`);
}

/** What an agency was called and where it stood from a day on, until the next version of it. */
export const agencyVersion = z.strictObject({
  ...agency.pick({ code: true, nameVi: true, nameEn: true, level: true, parentCode: true }).shape,
  from: z.iso.date().optional().describe('First day of the version; absent when it holds since ever'),
});

/** See {@link agencyVersion}. */
export type AgencyVersion = z.infer<typeof agencyVersion>;

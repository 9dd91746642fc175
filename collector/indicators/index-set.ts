import { z } from 'zod';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { NETWORK_KINDS } from '#shared/plan.ts';
import { AGENCY_LEVELS, DECLARED_SUBJECTS } from '../register/agency.ts';
import { LINE_KINDS, SOLUTION_TYPES } from '../register/declared-item.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens');
const text = z.string().trim().min(1).max(500);
const localText = z.strictObject({ vi: text, en: text }).readonly();

const ruleIds = z.array(id).min(1).max(20).readonly().describe('Rules of the baseline that a machine must pass');
const levels = z.array(z.enum(AGENCY_LEVELS)).min(1).readonly().describe('Levels that count as agencies');
const networkRequirement = z
  .strictObject({
    networkKinds: z.array(z.enum(NETWORK_KINDS)).min(1).readonly().describe('A network of any of these kinds will do'),
    needsVerified: z.boolean().describe('Only a receipt of a beacon counts; reached alone is unknown'),
  })
  .readonly();

/** How a figure is computed, with the parameters of its formula. */
export const formulaChoice = z.discriminatedUnion('id', [
  z.strictObject({
    id: z.literal('agencies-connected'),
    levels,
    requirements: z.array(networkRequirement).min(1).max(4).readonly().describe('All of them must hold'),
  }),
  z.strictObject({
    id: z.literal('agencies-declaring'),
    levels,
    subject: z.enum(DECLARED_SUBJECTS).describe('A declared number; more than 0 means that the agency has it'),
  }),
  z.strictObject({ id: z.literal('agencies-with-lan'), levels }),
  z.strictObject({
    id: z.literal('agencies-with-solutions'),
    levels,
    ruleIds: ruleIds.describe('Rules of which one machine that passes all shows that the agency has antivirus'),
    solutionTypes: z.array(z.enum(SOLUTION_TYPES)).min(1).readonly().describe('Declared solutions'),
  }),
  z.strictObject({
    id: z.literal('bandwidth-per-official'),
    lineKinds: z.array(z.enum(LINE_KINDS)).min(1).readonly().describe('Kinds of line that are added up'),
  }),
  z.strictObject({ id: z.literal('declared-per-official'), subject: z.enum(DECLARED_SUBJECTS) }),
  z.strictObject({ id: z.literal('machines-failing'), ruleId: id }),
  z.strictObject({ id: z.literal('machines-on-internet') }),
  z.strictObject({ id: z.literal('machines-passing'), ruleIds }),
  z.strictObject({ id: z.literal('machines-per-official') }),
  z.strictObject({
    id: z.literal('machines-protected'),
    ruleIds,
    product: z.enum(['paid', 'sharing']).describe('What the product that protects must be'),
  }),
  z.strictObject({ id: z.literal('officials-with-machine') }),
  z.strictObject({ id: z.literal('systems-protected') }),
]);

/** See {@link formulaChoice}. */
export type FormulaChoice = z.infer<typeof formulaChoice>;

/** One indicator of a set: data, because sets change by decree and code does not. */
export const indicatorDefinition = z.strictObject({
  id: id.describe('Name of the indicator in addresses, metrics and files'),
  code: z.string().trim().min(1).max(40).optional().describe('How the text itself numbers it'),
  name: localText,
  formula: formulaChoice,
  countedKinds: z.array(z.enum(MACHINE_KINDS)).min(1).readonly().describe('Kinds of machine it counts'),
  legalBasis: z.array(text).min(1).max(20).readonly().describe('Documents that ask for it, as they are cited'),
  points: z.number().positive().max(10_000).optional().describe('Most points the text gives for it'),
  note: localText.optional().describe('What was not verified, or what the figure cannot say'),
  validFrom: z.iso.date().describe('First day it is in force, Asia/Ho_Chi_Minh'),
  validTo: z.iso.date().optional().describe('Last day it is in force; absent while there is no end'),
});

/** See {@link indicatorDefinition}. */
export type IndicatorDefinition = Readonly<z.infer<typeof indicatorDefinition>>;

/** A list of indicators that one text asks for. */
export const indexSet = z.strictObject({
  id,
  name: localText,
  minimumCoverageRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('Coverage below which a figure is provisional, 0 to 1'),
  note: localText.optional().describe('What was not verified of the whole set'),
  indicators: z.array(indicatorDefinition).max(200).readonly().describe('No two with one id are valid on one day'),
});

/** See {@link indexSet}. */
export type IndexSet = Readonly<z.infer<typeof indexSet>>;

/** Tells whether a definition is in force on a day `yyyy-mm-dd`. */
export function isInForce({ validFrom, validTo }: IndicatorDefinition, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo);
}

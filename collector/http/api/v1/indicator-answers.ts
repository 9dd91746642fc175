import { z } from 'zod';
import type { MissingUnit, Unit, UnitLists } from '../../../indicators/find-units.ts';
import type { IndexSet } from '../../../indicators/index-set.ts';
import { type IndicatorResult, RESULT_SCOPES } from '../../../indicators/indicator-result.ts';
import { UNIT_REASONS } from '../../../indicators/unit-reasons.ts';

const localText = z.object({ vi: z.string(), en: z.string() });

/** Who or what a figure is of. */
export const resultScope = z
  .enum(RESULT_SCOPES)
  .describe(
    '`register`: everything; `unassigned`: machines that belong to no agency of the day; `level`: the agencies of a level; `agency`: one alone; `subtree`: one with everything below it',
  );

/** One indicator of one scope. */
export const indicatorResult = z.object({
  indicatorId: z.string(),
  scope: resultScope,
  agencyCode: z.string().optional().describe('Of the scopes `agency` and `subtree`'),
  level: z.string().optional().describe('Level of the agency, or of the scope `level`'),
  a: z.number().describe('Numerator: only what is known to be so'),
  b: z.number().describe('Denominator; of a share the unknown units are in it'),
  value: z.number().optional().describe('a / b, derived for the answer; absent when b is 0'),
  unknownCount: z.int().describe('Units of which nobody knows whether they belong to a'),
  agencyCount: z.int().describe('Agencies in a and b; 0 means that there is no figure'),
  missingCount: z.int().describe('Agencies that never declared a number the figure needs'),
  coverage: z
    .object({ reportingCount: z.int(), registeredCount: z.int() })
    .optional()
    .describe(
      'What the figure rests on: machines reporting of those registered, or agencies known of those asked; absent when not known',
    ),
  isProvisional: z.boolean().describe('Coverage is too low or not known, or a number is missing'),
});

/** A result as the API shows it. */
export function shownResult({
  agencyCode,
  level,
  coverage,
  ...result
}: IndicatorResult): z.output<typeof indicatorResult> {
  return {
    ...result,
    ...(agencyCode === '' ? {} : { agencyCode }),
    ...(level === '' ? {} : { level }),
    ...(result.b === 0 ? {} : { value: result.a / result.b }),
    ...(coverage === undefined ? {} : { coverage }),
  };
}

/** Where a unit stands; `missing` is an agency that never declared what the figure needs. */
export const UNIT_STANDINGS = ['counted', 'not_counted', 'unknown', 'base', 'missing'] as const;

/** One unit behind a figure. */
export const indicatorUnit = z.object({
  standing: z
    .enum(UNIT_STANDINGS)
    .describe(
      '`counted` is in a; `not_counted` and `unknown` are in b alone; `base` is what a quotient divides by; `missing` was never declared',
    ),
  kind: z.enum(['machine', 'machines', 'agency', 'declared', 'item', 'missing']),
  agencyCode: z.string().describe('Empty for what belongs to no agency of the day'),
  id: z.string().optional().describe('Machine id, `kind/item`, subject of a declared number, or what of the agency'),
  count: z.number().describe('Units it stands for'),
  reason: z.string().describe('Code of the reason'),
  reasonText: localText,
  evidence: z
    .string()
    .optional()
    .describe(
      'What shows it: network, instant and key of the receipts, or address range, gateway and number of machines of a place',
    ),
  declared: z.object({ asOf: z.string(), source: z.string() }).optional().describe('Of what was declared'),
});

type ShownUnit = z.output<typeof indicatorUnit>;

/** Every unit of a figure as the API shows it, sorted by {@link unitKey}. */
export function shownUnits({ counted, notCounted, unknown, base, missing }: UnitLists): readonly ShownUnit[] {
  const units = [...counted, ...notCounted, ...unknown, ...base].map(shownUnit);
  return [...units, ...missing.map(shownMissing)].toSorted((one, other) => (lessThan(one, other) ? -1 : 1));
}

/** Sort key of a unit: standing, agency, kind, id. */
export function unitKey({ standing, agencyCode, kind, id }: ShownUnit): readonly [number, string, string] {
  return [UNIT_STANDINGS.indexOf(standing), agencyCode, `${kind} ${id ?? ''}`];
}

function lessThan(one: ShownUnit, other: ShownUnit): boolean {
  const [a, b] = [unitKey(one), unitKey(other)];
  if (a[0] !== b[0]) return a[0] < b[0];
  return a[1] === b[1] ? a[2] < b[2] : a[1] < b[1];
}

function shownUnit({ declared, ...unit }: Unit): ShownUnit {
  return { ...unit, reasonText: UNIT_REASONS[unit.reason], ...(declared === undefined ? {} : { declared }) };
}

function shownMissing({ agencyCode, subject }: MissingUnit): ShownUnit {
  const reason = 'undeclared';
  return {
    standing: 'missing',
    kind: 'missing',
    agencyCode,
    id: subject,
    count: 1,
    reason,
    reasonText: UNIT_REASONS[reason],
  };
}

/** One index set as its text has it. */
export const indexSetAnswer = z.object({
  id: z.string(),
  name: localText,
  note: localText.optional().describe('What was not verified of the whole set'),
  minimumCoverageRatio: z.number().describe('Coverage below which a figure is provisional'),
  indicators: z.array(
    z.object({
      id: z.string(),
      code: z.string().optional().describe('How the text itself numbers it'),
      name: localText,
      formula: z.record(z.string(), z.unknown()).describe('Formula with its parameters; see INDICATORS.md'),
      countedKinds: z.array(z.string()),
      legalBasis: z.array(z.string()),
      points: z.number().optional().describe('Most points the text gives'),
      note: localText.optional(),
      validFrom: z.string(),
      validTo: z.string().optional(),
    }),
  ),
});

/** An index set as the API shows it. */
export function shownSet({ indicators, ...set }: IndexSet): z.output<typeof indexSetAnswer> {
  return {
    ...set,
    indicators: indicators.map(({ formula, countedKinds, legalBasis, ...row }) => ({
      ...row,
      formula: { ...formula },
      countedKinds: [...countedKinds],
      legalBasis: [...legalBasis],
    })),
  };
}

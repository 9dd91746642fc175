import { z } from 'zod';
import { PROBE_IDS } from '#shared/observations/index.ts';
import { customFile, invalidCatalogue, readCatalogueFile } from '../catalogues/catalogue-file.ts';
import { type Baseline, SEVERITIES } from './baseline.ts';
import { DEFAULT_BASELINE } from './index.ts';
import { ruleById } from './rules/index.ts';

const text = z.string().trim().min(1).max(500);

const ageMs = z.int().min(3_600_000).max(31_622_400_000).describe('At least an hour and at most 366 days');

/** File `baseline.json` of the customer's folder: which rules, with what thresholds, how much each matters, and why. */
export const baselineFile = z.strictObject({
  comment: z.string().optional().describe('For people'),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens'),
  name: z.strictObject({ vi: text, en: text }),
  staleAfterMs: z
    .strictObject({ default: ageMs, byProbe: z.partialRecord(z.enum(PROBE_IDS), ageMs).default({}) })
    .describe('Age from which an observation says nothing any more, in milliseconds'),
  rules: z
    .array(
      z.strictObject({
        ruleId: z.string().max(64).describe('A rule of BASELINES.md'),
        parameters: z.record(z.string().max(64), z.number()).default({}).describe('Thresholds of the rule'),
        severity: z.enum(SEVERITIES),
        source: z.strictObject({
          document: text.describe('The text that asks for it'),
          clause: text.exactOptional(),
          isVerified: z.boolean().describe('Somebody has read it there'),
        }),
      }),
    )
    .min(1)
    .max(100),
});

/**
 * The baseline in force: `baseline.json` of the customer's folder, else the shipped one.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, which names file, row and key
 */
export function loadBaseline(folder?: string): Baseline {
  const path = customFile('baseline.json', folder);
  if (path === undefined) return DEFAULT_BASELINE;
  const { id, name, staleAfterMs, rules } = readCatalogueFile(baselineFile, path);
  for (const [index, { ruleId, parameters }] of rules.entries()) {
    const rule = ruleById(ruleId);
    const refuse = (key: string, why: string) => invalidCatalogue(path, `row ${index + 1}, key "${key}" ${why}`);
    if (rule === undefined) throw refuse('ruleId', `names no rule: current value is "${ruleId}", see BASELINES.md`);
    if (rules.slice(0, index).some((other) => other.ruleId === ruleId)) {
      throw refuse('ruleId', `is there twice: current value is "${ruleId}"`);
    }
    const parsed = rule.parameters.safeParse(parameters);
    if (!parsed.success) throw refuse('parameters', `is not allowed: ${z.prettifyError(parsed.error)}`);
  }
  return { id, name, staleAfterMs: { ...staleAfterMs.byProbe, default: staleAfterMs.default }, rules };
}

import { z } from 'zod';
import type { ResultDifference } from '../../../periods/compare-results.ts';
import type { Comparison, LiveComparison, PeriodDraft } from '../../../periods/period-draft.ts';
import { PERIOD_KINDS } from '../../../periods/reporting-period.ts';
import type { SealDocument } from '../../../periods/seal-document.ts';
import { type SealRecord, sealRecord } from '../../../periods/seal-record.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { indicatorResult, resultScope, shownResult } from './indicator-answers.ts';

/** Differences that one answer names; the number of all is beside them. */
const MAX_DIFFERENCES = 200;

const { sealedAtMs: _sealedAtMs, ...sealShape } = sealRecord.shape;

/** A seal: a link of the chain, without its document. */
export const sealAnswer = z.object({ ...sealShape, sealedAt: z.iso.datetime() });

/** A seal as the API shows it. */
export function shownSeal({ sealedAtMs, ...seal }: SealRecord): z.output<typeof sealAnswer> {
  return { ...seal, sealedAt: new Date(sealedAtMs).toISOString() };
}

const counts = z
  .object({
    ...indicatorResult.pick({ a: true, b: true, unknownCount: true, agencyCount: true, missingCount: true }).shape,
    ...indicatorResult.pick({ coverage: true, isProvisional: true }).shape,
  })
  .optional()
  .describe('Absent on the side where there is no such figure');

const difference = z.object({
  indicatorId: z.string(),
  scope: resultScope,
  agencyCode: z.string().optional(),
  level: z.enum(AGENCY_LEVELS).optional(),
  before: counts,
  after: counts,
});

const differences = {
  differenceCount: z.int().describe('Figures that are not the same'),
  differences: z.array(difference).max(MAX_DIFFERENCES).describe('The first of them'),
};

const comparison = z.object({ seal: sealAnswer, ...differences });

const described = {
  period: z.object({
    id: z.string(),
    kind: z.enum(PERIOD_KINDS),
    firstDay: z.iso.date(),
    lastDay: z.iso.date(),
  }),
  setId: z.string(),
  day: z.iso.date().describe('Day of the figures'),
  at: z.iso.datetime().describe('Instant of the figures'),
  isPeriodOver: z.boolean().describe('False: figures of a period that still runs'),
  partOf: z.string().optional().describe('Only the part of this agency and what is below it'),
  totals: z
    .array(indicatorResult)
    .describe('Of the whole register and each level; of a part those of its agency, alone and with what is below it'),
};

/** A period as it would be sealed now. */
export const draftAnswer = z.object({
  ...described,
  contentHash: z.string().optional().describe('To seal exactly this; absent where only a part may be seen'),
  warnings: z.array(
    z.object({
      code: z.string(),
      count: z.int(),
      text: z.object({ vi: z.string(), en: z.string() }),
      about: z.array(z.string()).describe('Agency codes or indicator ids'),
    }),
  ),
  sealed: comparison.optional().describe('The newest seal of this period and what changed since'),
  previous: comparison
    .optional()
    .describe('The newest seal of an earlier period of this length and what changed since'),
});

/** A draft as the API shows it. */
export function shownDraft({
  document,
  partOf,
  contentHash,
  warnings,
  sealed,
  previous,
}: PeriodDraft): z.output<typeof draftAnswer> {
  return {
    ...shownDocument(document, partOf),
    warnings: warnings.map((warning) => ({ ...warning, about: [...warning.about] })),
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(sealed === undefined ? {} : { sealed: shownComparison(sealed) }),
    ...(previous === undefined ? {} : { previous: shownComparison(previous) }),
  };
}

/** A sealed period. */
export const sealedAnswer = z.object({ seal: sealAnswer, ...described, softwareVersion: z.string() });

/** A sealed period as the API shows it. */
export function shownSealed(
  seal: SealRecord,
  document: SealDocument,
  partOf: string | undefined,
): z.output<typeof sealedAnswer> {
  return { seal: shownSeal(seal), ...shownDocument(document, partOf), softwareVersion: document.softwareVersion };
}

/** What the live store says of a sealed period. */
export const liveAnswer = z.object({
  seal: sealAnswer,
  isSame: z.boolean().describe('The stored facts still give the sealed document'),
  isOtherSet: z.boolean().describe('The set was changed since; figures are compared under the sealed one'),
  changedParts: z
    .array(z.string())
    .describe(
      'Parts of the document that are not as sealed, such as results or facts.groups; none when it is the same',
    ),
  sealedVersion: z.string(),
  softwareVersion: z.string(),
  ...differences,
});

/** A comparison with the live store as the API shows it. */
export function shownLive({
  seal,
  differences: found,
  changedParts,
  ...rest
}: LiveComparison): z.output<typeof liveAnswer> {
  return { ...rest, changedParts: [...changedParts], ...shownComparison({ seal, differences: found }) };
}

/** What was found of every seal. */
export const verificationAnswer = z.object({
  isWhole: z.boolean().describe('Chain, hashes and figures of every seal come out'),
  newestHash: z.string().optional().describe('Kept elsewhere, it proves that none was cut off'),
  seals: z.array(
    z.object({
      seq: z.int(),
      periodId: z.string(),
      setId: z.string(),
      problem: z.string().optional().describe('Absent when everything comes out'),
      softwareVersion: z.string().optional().describe('Version that sealed it'),
    }),
  ),
});

function shownDocument(document: SealDocument, partOf: string | undefined) {
  const { period, facts, day, atMs, isPeriodOver, results } = document;
  const totals = results.filter(({ scope, agencyCode }) =>
    partOf === undefined ? scope === 'register' || scope === 'level' || scope === 'unassigned' : agencyCode === partOf,
  );
  return {
    period,
    setId: facts.indexSet.id,
    day,
    at: new Date(atMs).toISOString(),
    isPeriodOver,
    totals: totals.map(shownResult),
    ...(partOf === undefined ? {} : { partOf }),
  };
}

function shownComparison({ seal, differences: found }: Comparison) {
  return {
    seal: shownSeal(seal),
    differenceCount: found.length,
    differences: found.slice(0, MAX_DIFFERENCES).map(shownDifference),
  };
}

function shownDifference({ agencyCode, level, ...rest }: ResultDifference): z.output<typeof difference> {
  return { ...rest, ...(agencyCode === '' ? {} : { agencyCode }), ...(level === '' ? {} : { level }) };
}

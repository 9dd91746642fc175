import { z } from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { NETWORK_KINDS } from '#shared/plan.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { catalogueProduct } from '../catalogues/catalogue-schemas.ts';
import { indexSet } from '../indicators/index-set.ts';
import { RESULT_SCOPES } from '../indicators/indicator-result.ts';
import { MACHINE_STATES, NETWORK_RESULTS } from '../metrics/metric-family.ts';
import { AGENCY_LEVELS, agency, DECLARED_SUBJECTS, declaredNumber } from '../register/agency.ts';
import { declaredItem } from '../register/declared-item.ts';
import { canonicalJson } from './canonical-json.ts';
import { PERIOD_KINDS } from './reporting-period.ts';
import { sha256Of } from './seal-record.ts';

const code = z.string().max(35);
const count = z.int().nonnegative();
const localText = z.strictObject({ vi: z.string(), en: z.string() });

const registeredAgency = z.strictObject({
  ...agency.pick({ code: true, nameVi: true, level: true }).shape,
  nameEn: z.string().optional(),
  parentCode: code.optional(),
  numbers: z.partialRecord(
    z.enum(DECLARED_SUBJECTS),
    declaredNumber.pick({ value: true, asOf: true, source: true }).strict(),
  ),
  items: z.array(declaredItem),
});

const machineGroup = z
  .strictObject({
    agencyCode: code,
    kind: z.enum(MACHINE_KINDS).optional().describe('Absent when the hardware was never seen'),
    state: z.enum(MACHINE_STATES),
    verdicts: z.record(z.string(), z.enum(VERDICTS)),
    antivirus: z.array(z.strictObject({ product: z.string(), state: z.enum(['active', 'stale', 'off']) })),
    isOnInternet: z.boolean().optional().describe('Absent when no attempt was made'),
    machineCount: count,
    machineIds: z.array(z.string()).describe('Sorted'),
  })
  .transform(({ kind, isOnInternet, ...rest }) => ({ ...rest, kind, isOnInternet }));

const networkFigures = z.strictObject({
  agencyCode: code,
  level: z.string(),
  network: z.string(),
  kind: z.enum(NETWORK_KINDS),
  result: z.enum(NETWORK_RESULTS),
  windowResult: z.enum(NETWORK_RESULTS),
  slotsOn: count,
  slotsReached: count,
  verifiedAtMs: count.exactOptional(),
  verifiedBy: z.string().exactOptional(),
  newestSuccessAtMs: count.exactOptional(),
  outageStartMs: count.exactOptional(),
  rttSeconds: z.strictObject({ median: z.number(), p95: z.number() }).exactOptional(),
});

const placeFigures = z.strictObject({
  agencyCode: code,
  mostMachinesAtPlace: count,
  place: z.string().exactOptional(),
});

const result = z
  .strictObject({
    indicatorId: z.string(),
    scope: z.enum(RESULT_SCOPES),
    agencyCode: code,
    level: z.enum([...AGENCY_LEVELS, '']),
    a: count,
    b: count,
    unknownCount: count,
    agencyCount: count,
    missingCount: count,
    coverage: z.strictObject({ reportingCount: count, registeredCount: count }).optional(),
    isProvisional: z.boolean(),
  })
  .transform(({ coverage, ...rest }) => ({ ...rest, coverage }));

const standing = z.enum(['counted', 'not_counted', 'unknown', 'base']);
const place = { agencyCode: code, standing, reason: z.string() };

const units = z.strictObject({
  indicatorId: z.string(),
  machines: z
    .array(z.strictObject({ standing, reason: z.string(), groups: z.array(count) }))
    .describe('Places in facts.groups, from 0'),
  declared: z.array(z.strictObject({ ...place, subject: z.enum(DECLARED_SUBJECTS), count })),
  items: z.array(z.strictObject({ ...place, kind: z.string(), itemId: z.string(), count })),
  agencies: z.array(
    z.strictObject({ ...place, detail: z.string().exactOptional(), evidence: z.string().exactOptional() }),
  ),
  missing: z
    .array(z.strictObject({ agencyCode: code, subjects: z.array(z.string()).readonly() }))
    .describe('Agencies that never declared what the figure needs'),
});

/** Where the units of one indicator stand; agency code empty for machines that belong to no agency. */
export type SealedUnits = Readonly<z.infer<typeof units>>;

/** Everything that is sealed of a period: figures, what they were computed from and how. Keys are only ever added. */
export const sealDocument = z.strictObject({
  format: z.literal(1),
  softwareVersion: z.string(),
  period: z.strictObject({ id: z.string(), kind: z.enum(PERIOD_KINDS), firstDay: z.iso.date(), lastDay: z.iso.date() }),
  isPeriodOver: z.boolean().describe('False: a draft of a period that still runs, which nobody can seal'),
  day: z.iso.date().describe('The figures are those of the end of this day; of a running period, of an instant in it'),
  atMs: z.int().describe('That instant, epoch milliseconds'),
  setHash: z.string().describe('SHA-256 of the canonical JSON of facts.indexSet, hexadecimal'),
  method: z.strictObject({
    rules: z.array(localText).describe('How is counted, for people'),
    formulas: z.array(z.strictObject({ id: z.string(), describes: localText })).describe('Of the indicators in force'),
  }),
  facts: z.strictObject({
    indexSet,
    register: z.strictObject({ day: z.iso.date(), agencies: z.array(registeredAgency) }),
    groups: z.array(machineGroup),
    networks: z.array(networkFigures),
    places: z.array(placeFigures).exactOptional(),
    products: z.array(catalogueProduct.pick({ id: true, flags: true }).strict()),
  }),
  results: z.array(result),
  units: z.array(units),
});

/** See {@link sealDocument}. */
export type SealDocument = Readonly<z.infer<typeof sealDocument>>;

const sealedSet = z.object({ setHash: z.string(), facts: z.object({ indexSet: z.unknown() }) });

/**
 * Reads a document as it is kept.
 *
 * @throws {TramdoError} SEAL_BROKEN when it is none, or its set of indicators does not have the hash it names
 */
export function parseSealDocument(text: string): SealDocument {
  const { document, raw } = parseOrBroken(text);
  // Of the set as it was written: a later version of the software may fill in what the text did not have.
  const { setHash, facts } = sealedSet.parse(raw);
  if (sha256Of(canonicalJson(facts.indexSet)) === setHash) return document;
  throw new TramdoError(
    'SEAL_BROKEN',
    'Cannot use the sealed document as its set of indicators does not have its hash',
  );
}

function parseOrBroken(text: string): { readonly document: SealDocument; readonly raw: unknown } {
  try {
    const raw: unknown = JSON.parse(text);
    return { document: sealDocument.parse(raw), raw };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 500) : messageOf(error);
    throw new TramdoError('SEAL_BROKEN', `Cannot read the sealed document: ${why}`, { cause: error });
  }
}

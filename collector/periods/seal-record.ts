import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Who sealed a period: the account, token or terminal. */
export const sealedBy = z.strictObject({
  kind: z.enum(['account', 'token', 'command']),
  id: z.string().max(200),
  name: z.string().max(200),
});

/** Longest note or reason, in characters. */
export const MAX_NOTE_LENGTH = 1_000;

/** What a seal says before it becomes a link of the chain. */
export const sealStatement = z.strictObject({
  seq: z.int().positive().describe('Counts from 1 without a gap'),
  periodId: z.string().max(10),
  setId: z.string().max(100),
  sealedAtMs: z.int().describe('Epoch milliseconds'),
  sealedBy,
  note: z.string().max(MAX_NOTE_LENGTH).optional(),
  replacesSeq: z.int().positive().optional().describe('The seal that this one corrects'),
  reason: z.string().max(MAX_NOTE_LENGTH).optional().describe('Why it was corrected'),
  contentHash: sha256.describe('SHA-256 of the canonical document, hexadecimal'),
  previousHash: z.union([sha256, z.literal('')]).describe('Hash of the seal before; empty for the first one'),
});

/** See {@link sealStatement}. */
export type SealStatement = z.infer<typeof sealStatement>;

/** One link of the chain. */
export const sealRecord = z.strictObject({
  ...sealStatement.shape,
  hash: sha256.describe('SHA-256 of the canonical JSON of everything else in the record, hexadecimal'),
});

/** See {@link sealRecord}. */
export type SealRecord = z.infer<typeof sealRecord>;

/** Hash of a text as `sha256sum` prints it. */
export function sha256Of(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Makes the link of a statement. */
export function linkOf(statement: SealStatement): SealRecord {
  return { ...statement, hash: sha256Of(canonicalJson(statement)) };
}

/**
 * Says what does not fit where a link stands in its chain.
 *
 * @param before the link before; undefined for the first one
 * @returns undefined when everything fits
 */
export function brokenLink({ hash, ...statement }: SealRecord, before: SealRecord | undefined): string | undefined {
  const seq = (before?.seq ?? 0) + 1;
  if (statement.seq !== seq) return `seal ${seq} is missing`;
  if (statement.previousHash !== (before?.hash ?? '')) return 'it does not name the hash of the seal before';
  if (hash !== sha256Of(canonicalJson(statement))) return 'its record does not have the hash that it names';
  return undefined;
}

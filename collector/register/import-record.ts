import { z } from 'zod';
import type { Principal } from '../people/principal.ts';
import { IMPORT_TABLES } from './import/table-shape.ts';

/** What one table of an import did, as it is kept. */
export const importCounts = z.strictObject({
  table: z.enum(IMPORT_TABLES),
  lineCount: z.int().nonnegative().describe('Rows of the table'),
  addedCount: z.int().nonnegative().describe('Rows that made something new'),
  changedCount: z.int().nonnegative().describe('Rows that changed what was known'),
  unchangedCount: z.int().nonnegative().describe('Rows that said what was known'),
});

/** See {@link importCounts}. */
export type ImportCounts = z.infer<typeof importCounts>;

/** An import that was applied. */
export interface ImportRecord {
  /** UUIDv7. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly actor: Pick<Principal, 'kind' | 'id' | 'name'>;
  readonly fileName: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  readonly tables: readonly ImportCounts[];
  /** When it was undone, epoch milliseconds; absent while it holds. */
  readonly undoneAtMs?: number;
  /** Name of whoever undid it. */
  readonly undoneBy?: string;
}

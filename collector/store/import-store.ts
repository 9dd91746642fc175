import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { PRINCIPAL_KINDS } from '../people/principal.ts';
import { changeOf, type ImportChange, keptChange } from '../register/import/import-change.ts';
import { type ImportRecord, importCounts } from '../register/import-record.ts';
import { inPieces } from './bulk.ts';
import type { ImportFileTable } from './import-tables.ts';
import type { Tables } from './tables.ts';

/** Imports of the register, with what each row changed. */
export interface ImportStore {
  /** Keeps an import; facts themselves are written by the stores they belong to. */
  add(record: ImportRecord, changes: readonly ImportChange[]): Promise<void>;
  find(id: string): Promise<ImportRecord | undefined>;
  /** Newest first, those before an id when given, at most `limit`. */
  list(query: { readonly beforeId?: string; readonly limit: number }): Promise<readonly ImportRecord[]>;
  /** What an import changed, in the order in which it was applied. */
  changes(id: string): Promise<readonly ImportChange[]>;
  /** Notes that an import holds no more. */
  markUndone(id: string, atMs: number, by: string): Promise<void>;
  /** Those of the agencies that machines, tokens, accounts or exceptions belong to, or ever did, sorted. */
  agenciesInUse(codes: readonly string[]): Promise<readonly string[]>;
}

/** Tables whose rows speak of an agency beside those of the register itself. */
const USERS = [
  'machines',
  'machine_spans',
  'join_tokens',
  'accounts',
  'access_tokens',
  'rule_exceptions',
  'agency_network_days',
] as const;

/** Changes in one row of the table, so that a large import is few rows. */
const CHANGES_PER_ROW = 50;

const keptChanges = z.array(
  z.strictObject({ line: z.int(), kind: z.string(), before: z.string().optional(), after: z.string() }),
);

/** The queries of imports. */
export function createImportStore(db: Kysely<Tables>): ImportStore {
  return {
    async add(record, changes) {
      await db.insertInto('imports').values(toRow(record)).execute();
      const rows = Array.from({ length: Math.ceil(changes.length / CHANGES_PER_ROW) }, (_, position) => ({
        import_id: record.id,
        position,
        changes: JSON.stringify(
          changes.slice(position * CHANGES_PER_ROW, (position + 1) * CHANGES_PER_ROW).map(keptChange),
        ),
      }));
      for (const piece of inPieces(rows)) await db.insertInto('import_rows').values(piece).execute();
    },
    async find(id) {
      const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async list({ beforeId, limit }) {
      const all = db.selectFrom('imports').selectAll().orderBy('id', 'desc').limit(limit);
      const rows = await (beforeId === undefined ? all : all.where('id', '<', beforeId)).execute();
      return rows.map(fromRow);
    },
    async changes(id) {
      const rows = await db
        .selectFrom('import_rows')
        .select('changes')
        .where('import_id', '=', id)
        .orderBy('position')
        .execute();
      return rows.flatMap(({ changes }) =>
        keptChanges
          .parse(JSON.parse(changes))
          .map(({ before, ...kept }) => changeOf({ ...kept, ...(before === undefined ? {} : { before }) })),
      );
    },
    async markUndone(id, atMs, by) {
      await db.updateTable('imports').set({ undone_at_ms: atMs, undone_by: by }).where('id', '=', id).execute();
    },
    async agenciesInUse(codes) {
      const found = new Set<string>();
      for (const piece of inPieces(codes)) {
        for (const table of USERS) {
          const rows = await db
            .selectFrom(table)
            .select('agency_code')
            .distinct()
            .where('agency_code', 'in', piece)
            .execute();
          for (const { agency_code } of rows) if (agency_code !== null) found.add(agency_code);
        }
      }
      return [...found].toSorted();
    },
  };
}

function toRow(record: ImportRecord): ImportFileTable {
  return {
    id: record.id,
    at_ms: record.atMs,
    actor_kind: record.actor.kind,
    actor_id: record.actor.id,
    actor_name: record.actor.name,
    file_name: record.fileName,
    sha256: record.sha256,
    tables: JSON.stringify(record.tables),
    undone_at_ms: record.undoneAtMs ?? null,
    undone_by: record.undoneBy ?? null,
  };
}

function fromRow(row: Selectable<ImportFileTable>): ImportRecord {
  return {
    id: row.id,
    atMs: row.at_ms,
    actor: { kind: z.enum(PRINCIPAL_KINDS).parse(row.actor_kind), id: row.actor_id, name: row.actor_name },
    fileName: row.file_name,
    sha256: row.sha256,
    tables: z.array(importCounts).parse(JSON.parse(row.tables)),
    ...(row.undone_at_ms === null ? {} : { undoneAtMs: row.undone_at_ms }),
    ...(row.undone_by === null ? {} : { undoneBy: row.undone_by }),
  };
}

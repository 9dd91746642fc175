import { hash } from 'node:crypto';
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

// Whatever the collector has elsewhere is written out here: that may change, a migration never does.

/** See OPEN_END_MS in machine-tables.ts. */
const OPEN_END_MS = 8_640_000_000_000_000;

/** Asia/Ho_Chi_Minh is UTC+7. */
const OFFSET_MS = 25_200_000;

interface MachineRow {
  readonly agency_code: string;
  readonly machine_id: string;
}

/** What this migration reads and fills. */
interface FilledTables {
  machine_states: MachineRow & {
    readonly kind: string | null;
    readonly verdict_key: string;
    readonly antivirus_key: string;
    readonly last_seen_at_ms: number;
    readonly is_retired: number;
  };
  counted_keys: { readonly id: string; readonly text: string };
  machine_spans: MachineRow & {
    readonly from_ms: number;
    readonly to_ms: number;
    readonly kind: string | null;
    readonly verdict_key_id: string;
    readonly antivirus_key_id: string;
    readonly is_retired: number;
  };
  machine_months: MachineRow & {
    readonly month: number;
    readonly seen_days: number;
    readonly tried_days: number;
    readonly online_days: number;
  };
}

/** What machines were on past days, where they belong, and what people say of them. */
export const machineHistory: Migration = {
  async up(db): Promise<void> {
    await extendStates(db);
    await createHistory(db);
    await createRecords(db);
    await createConflicts(db);
    await beginHistory(db);
  },
};

async function extendStates(db: Kysely<unknown>): Promise<void> {
  const states = db.schema.alterTable('machine_states');
  await states.addColumn('tried_day', 'integer').execute();
  await states.addColumn('online_day', 'integer').execute();
  await states.addColumn('fingerprint', 'text', (column) => column.notNull().defaultTo('')).execute();
  await states.addColumn('is_contested', 'integer', (column) => column.notNull().defaultTo(0)).execute();
}

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('counted_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await ofMachine(db.schema.createTable('machine_spans'))
    .addColumn('from_ms', 'bigint', (column) => column.notNull())
    .addColumn('to_ms', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('verdict_key_id', 'text', (column) => column.notNull())
    .addColumn('antivirus_key_id', 'text', (column) => column.notNull())
    .addColumn('is_retired', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_spans_key', ['agency_code', 'machine_id', 'from_ms'])
    .execute();
  await db.schema.createIndex('machine_spans_by_end').on('machine_spans').columns(['to_ms', 'from_ms']).execute();
  await db.schema.createIndex('machine_spans_by_machine').on('machine_spans').column('machine_id').execute();
  await ofMachine(db.schema.createTable('machine_months'))
    .addColumn('month', 'integer', (column) => column.notNull())
    .addColumn('seen_days', 'integer', (column) => column.notNull())
    .addColumn('tried_days', 'integer', (column) => column.notNull())
    .addColumn('online_days', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_months_key', ['agency_code', 'machine_id', 'month'])
    .execute();
  await db.schema.createIndex('machine_months_by_month').on('machine_months').column('month').execute();
  await db.schema
    .createTable('collector_absences')
    .addColumn('from_ms', 'bigint', (column) => column.primaryKey())
    .addColumn('to_ms', 'bigint', (column) => column.notNull())
    .execute();
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await withNotes(
    db.schema
      .createTable('declared_machines')
      .addColumn('agency_code', 'text', (column) => column.notNull())
      .addColumn('asset_id', 'text', (column) => column.notNull())
      .addColumn('host_name', 'text')
      .addColumn('serial', 'text')
      .addColumn('kind', 'text')
      .addColumn('is_stand_alone', 'integer', (column) => column.notNull()),
  )
    .addColumn('as_of', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('linked_machine_id', 'text')
    .addPrimaryKeyConstraint('declared_machines_key', ['agency_code', 'asset_id'])
    .addForeignKeyConstraint('declared_machines_agency', ['agency_code'], 'agencies', ['code'])
    .execute();
  await withNotes(ofMachine(db.schema.createTable('machine_notes')))
    .addPrimaryKeyConstraint('machine_notes_key', ['agency_code', 'machine_id'])
    .execute();
  await ofMachine(db.schema.createTable('machine_moves'))
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('since_ms', 'bigint', (column) => column.notNull())
    .addColumn('from_code', 'text', (column) => column.notNull())
    .addColumn('to_code', 'text', (column) => column.notNull())
    .addColumn('moved_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_moves_key', ['agency_code', 'machine_id', 'at_ms', 'to_code'])
    .execute();
  await db.schema.createIndex('machine_moves_by_machine').on('machine_moves').column('machine_id').execute();
}

async function createConflicts(db: Kysely<unknown>): Promise<void> {
  await ofMachine(db.schema.createTable('machine_fingerprints'))
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('first_seen_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('self_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_fingerprints_key', ['agency_code', 'machine_id', 'fingerprint'])
    .execute();
  await ofMachine(db.schema.createTable('machine_keys'))
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('hostname', 'text', (column) => column.notNull())
    .addColumn('replaced_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('stands_for', 'text')
    .addPrimaryKeyConstraint('machine_keys_key', ['agency_code', 'machine_id', 'public_key'])
    .execute();
  await db.schema.createIndex('machine_keys_by_machine').on('machine_keys').column('machine_id').execute();
  await ofMachine(db.schema.createTable('machine_conflicts'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('detected_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('other_id', 'text')
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('decision', 'text')
    .addColumn('decided_at_ms', 'bigint')
    .addColumn('decided_by', 'text')
    .addPrimaryKeyConstraint('machine_conflicts_key', ['agency_code', 'machine_id', 'kind', 'detected_at_ms'])
    .execute();
}

/** What is known of the machines that are there: how they stand holds since they were last seen. */
async function beginHistory(db: Kysely<FilledTables>): Promise<void> {
  const rows = await db
    .selectFrom('machine_states')
    .select(['agency_code', 'machine_id', 'kind', 'verdict_key', 'antivirus_key', 'last_seen_at_ms', 'is_retired'])
    .execute();
  const texts = new Set(rows.flatMap((row) => [row.verdict_key, row.antivirus_key]));
  for (const text of texts)
    await db
      .insertInto('counted_keys')
      .values({ id: keyIdOf(text), text })
      .execute();
  for (const { agency_code, machine_id, kind, is_retired, ...row } of rows) {
    const key = { agency_code, machine_id };
    const keys = { verdict_key_id: keyIdOf(row.verdict_key), antivirus_key_id: keyIdOf(row.antivirus_key) };
    const span = { from_ms: row.last_seen_at_ms, to_ms: OPEN_END_MS, kind, is_retired };
    await db
      .insertInto('machine_spans')
      .values({ ...key, ...span, ...keys })
      .execute();
    const days = { ...dayBit(row.last_seen_at_ms), tried_days: 0, online_days: 0 };
    await db
      .insertInto('machine_months')
      .values({ ...key, ...days })
      .execute();
  }
}

/** See contentHash(). */
function keyIdOf(text: string): string {
  return hash('sha256', JSON.stringify(text), 'base64url').slice(0, 16);
}

/** See placeOfDay(). */
function dayBit(atMs: number): { readonly month: number; readonly seen_days: number } {
  const day = new Date(atMs + OFFSET_MS);
  return { month: day.getUTCFullYear() * 12 + day.getUTCMonth(), seen_days: 2 ** (day.getUTCDate() - 1) };
}

function ofMachine(table: CreateTableBuilder<string, never>) {
  return table
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('machine_id', 'text', (column) => column.notNull());
}

function withNotes<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
  return table
    .addColumn('location', 'text')
    .addColumn('purpose', 'text')
    .addColumn('responsible_unit', 'text')
    .addColumn('support_end', 'text');
}

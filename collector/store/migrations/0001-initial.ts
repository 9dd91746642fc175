import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first tables; `bigint` holds epoch milliseconds on every engine. */
export const initial: Migration = {
  async up(db): Promise<void> {
    await createRegister(db);
    await createMachines(db);
    await createObservations(db);
    await createNetworkDays(db);
  },
};

async function createRegister(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agencies')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('name_vi', 'text', (column) => column.notNull())
    .addColumn('name_en', 'text')
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('parent_code', 'text')
    .addColumn('valid_from', 'text')
    .addColumn('valid_to', 'text')
    .addColumn('replaced_by', 'text')
    .execute();
  await db.schema
    .createTable('declared_numbers')
    .addColumn('agency_code', 'text', (column) => column.notNull().references('agencies.code'))
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('as_of', 'text', (column) => column.notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('declared_numbers_key', ['agency_code', 'subject', 'as_of'])
    .execute();
  await db.schema
    .createTable('join_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('agency_code', 'text', (column) => column.notNull().references('agencies.code'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('revoked_at_ms', 'bigint')
    .addColumn('max_uses', 'integer')
    .addColumn('uses', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function createMachines(db: Kysely<unknown>): Promise<void> {
  await ofMachine(db.schema.createTable('machines'))
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('hostname', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('agent_version', 'text', (column) => column.notNull())
    .addColumn('enrolled_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('retired_at_ms', 'bigint')
    .addPrimaryKeyConstraint('machines_key', ['agency_code', 'machine_id'])
    .addForeignKeyConstraint('machines_agency', ['agency_code'], 'agencies', ['code'])
    .execute();
  // Not unique, so that the table may be distributed by agency; the id is a UUID that the collector made.
  await db.schema.createIndex('machines_by_id').on('machines').column('machine_id').execute();
  await db.schema.createIndex('machines_by_fingerprint').on('machines').column('fingerprint').execute();
  await ofMachine(db.schema.createTable('machine_states'))
    .addColumn('is_retired', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('verdict_key', 'text', (column) => column.notNull())
    .addColumn('antivirus_key', 'text', (column) => column.notNull())
    .addColumn('last_seen_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_seq', 'bigint', (column) => column.notNull())
    .addColumn('report_count', 'bigint', (column) => column.notNull())
    .addColumn('clock_offset_ms', 'bigint')
    .addColumn('judged_with', 'text', (column) => column.notNull())
    .addColumn('holds_until_ms', 'bigint', (column) => column.notNull())
    .addColumn('freshness', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_states_key', ['agency_code', 'machine_id'])
    .execute();
  await db.schema.createIndex('machine_states_due').on('machine_states').column('holds_until_ms').execute();
  await db.schema.createIndex('machine_states_judged').on('machine_states').column('judged_with').execute();
  await ofMachine(db.schema.createTable('machine_events'))
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_events_key', ['agency_code', 'machine_id', 'at_ms', 'event'])
    .execute();
}

async function createObservations(db: Kysely<unknown>): Promise<void> {
  await ofMachine(db.schema.createTable('machine_verdicts'))
    .addColumn('judged_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_verdicts_key', ['agency_code', 'machine_id'])
    .execute();
  await ofObservation(db.schema.createTable('observations'))
    .addPrimaryKeyConstraint('observations_key', ['agency_code', 'machine_id', 'probe_id'])
    .execute();
  // A machine that joins again counts its reports from 1, so the sequence number alone is no key.
  await ofObservation(db.schema.createTable('observation_history'))
    .addPrimaryKeyConstraint('observation_history_key', [
      'agency_code',
      'machine_id',
      'probe_id',
      'received_at_ms',
      'seq',
    ])
    .execute();
}

async function createNetworkDays(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency_network_days')
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('network', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('slots_on', 'text', (column) => column.notNull())
    .addColumn('slots_reached', 'text', (column) => column.notNull())
    .addColumn('rtt', 'text', (column) => column.notNull())
    .addColumn('newest_attempt_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('newest_success_at_ms', 'bigint')
    .addColumn('newest_failure', 'text')
    .addPrimaryKeyConstraint('agency_network_days_key', ['agency_code', 'network', 'day'])
    .execute();
}

function ofMachine(table: CreateTableBuilder<string, never>) {
  return table
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('machine_id', 'text', (column) => column.notNull());
}

function ofObservation(table: CreateTableBuilder<string, never>) {
  return ofMachine(table)
    .addColumn('probe_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('observed_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('failure', 'text');
}

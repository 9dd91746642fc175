import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where machines stand, what beacons signed, and what agencies see of each target. */
export const connectivity: Migration = {
  async up(db): Promise<void> {
    const days = () => db.schema.alterTable('agency_network_days');
    await days()
      .addColumn('slots_verified', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await days()
      .addColumn('verified_by', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await days()
      .addColumn('failed_counts', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await createPlaces(db);
    await createReceipts(db);
    await createTargets(db);
  },
};

async function createPlaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('machine_place_months')
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('machine_id', 'text', (column) => column.notNull())
    .addColumn('address_range', 'text', (column) => column.notNull())
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('month', 'integer', (column) => column.notNull())
    .addColumn('days', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('machine_place_months_key', [
      'agency_code',
      'machine_id',
      'address_range',
      'gateway',
      'month',
    ])
    .execute();
  await db.schema.createIndex('machine_place_months_by_month').on('machine_place_months').column('month').execute();
}

async function createReceipts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('newest_receipts')
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('machine_id', 'text', (column) => column.notNull())
    .addColumn('network', 'text', (column) => column.notNull())
    .addColumn('slot', 'bigint', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('observed_address', 'text', (column) => column.notNull())
    .addColumn('kid', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('newest_receipts_key', ['agency_code', 'machine_id', 'network'])
    .execute();
  await db.schema
    .createIndex('newest_receipts_by_address')
    .on('newest_receipts')
    .columns(['observed_address', 'network'])
    .execute();
}

async function createTargets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency_targets')
    .addColumn('agency_code', 'text', (column) => column.notNull())
    .addColumn('network', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('newest_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('newest_success_at_ms', 'bigint')
    .addColumn('status', 'integer')
    .addColumn('certificate_not_after_ms', 'bigint')
    .addColumn('last_failure', 'text')
    .addPrimaryKeyConstraint('agency_targets_key', ['agency_code', 'network', 'target'])
    .execute();
}

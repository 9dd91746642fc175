import type { Migration } from 'kysely/migration';
import { refuseChanges } from './refuse-changes.ts';

/** Sealed reporting periods; SQLite takes `bytea` as a name like any other and keeps bytes as they are. */
export const periods: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('period_seals')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('period_id', 'text', (column) => column.notNull())
      .addColumn('set_id', 'text', (column) => column.notNull())
      .addColumn('sealed_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('sealed_by', 'text', (column) => column.notNull())
      .addColumn('note', 'text')
      .addColumn('replaces_seq', 'integer', (column) => column.unique().references('period_seals.seq'))
      .addColumn('reason', 'text')
      .addColumn('content_hash', 'text', (column) => column.notNull())
      .addColumn('previous_hash', 'text', (column) => column.notNull().unique())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('document', 'bytea', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('period_seals_by_period')
      .on('period_seals')
      .columns(['period_id', 'set_id', 'seq'])
      .execute();
    await refuseChanges(db, 'period_seals');
  },
};

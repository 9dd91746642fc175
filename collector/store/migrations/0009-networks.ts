import type { Migration } from 'kysely/migration';
import { refuseChanges } from './refuse-changes.ts';

/** Networks as they were defined since when; figures of a past day use those of that day, so none is ever taken out. */
export const networks: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('network_versions')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('network', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('definition', 'text')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      .execute();
    await refuseChanges(db, 'network_versions');
  },
};

import type { Migration } from 'kysely/migration';

/** Exceptions that agencies have from rules. */
export const exceptions: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('rule_exceptions')
      .addColumn('agency_code', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('rule_id', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('first_day', 'text', (column) => column.notNull())
      .addColumn('last_day', 'text', (column) => column.notNull())
      .addColumn('granted_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('granted_by', 'text', (column) => column.notNull())
      .addColumn('ended_on', 'text')
      .addColumn('ended_at_ms', 'bigint')
      .addColumn('ended_by', 'text')
      .addPrimaryKeyConstraint('rule_exceptions_key', ['agency_code', 'id'])
      .execute();
    await db.schema.createIndex('rule_exceptions_by_day').on('rule_exceptions').columns(['last_day']).execute();
  },
};

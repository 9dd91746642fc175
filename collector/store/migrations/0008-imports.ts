import type { Migration } from 'kysely/migration';

/** Imports of the register and what each changed. */
export const imports: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('imports')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('actor_kind', 'text', (column) => column.notNull())
      .addColumn('actor_id', 'text', (column) => column.notNull())
      .addColumn('actor_name', 'text', (column) => column.notNull())
      .addColumn('file_name', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('tables', 'text', (column) => column.notNull())
      .addColumn('undone_at_ms', 'bigint')
      .addColumn('undone_by', 'text')
      .execute();
    await db.schema
      .createTable('import_rows')
      .addColumn('import_id', 'text', (column) => column.notNull().references('imports.id'))
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('changes', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('import_rows_key', ['import_id', 'position'])
      .execute();
  },
};

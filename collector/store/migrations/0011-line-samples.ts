import type { Migration } from 'kysely/migration';

/** Measured capacity of lines, and whose turn it was to measure. */
export const lineSamples: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('line_samples')
      .addColumn('agency_code', 'text', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('network', 'text', (column) => column.notNull())
      .addColumn('machine_id', 'text', (column) => column.notNull())
      .addColumn('bits_per_second', 'double precision', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('duration_ms', 'double precision', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('line_samples_key', ['agency_code', 'day'])
      .execute();
    await db.schema.createIndex('line_samples_by_day').on('line_samples').columns(['day']).execute();
    await db.schema
      .createTable('line_sample_turns')
      .addColumn('agency_code', 'text', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('machine_id', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('line_sample_turns_key', ['agency_code', 'day'])
      .execute();
  },
};

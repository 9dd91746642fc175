import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Versions of agencies and what they declare beside numbers; an agency that is there becomes its own first version. */
export const register: Migration = {
  async up(db): Promise<void> {
    await createVersions(db);
    await db.schema
      .createTable('declared_items')
      .addColumn('agency_code', 'text', (column) => column.notNull().references('agencies.code'))
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('item_id', 'text', (column) => column.notNull())
      .addColumn('as_of', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('has_ended', 'integer', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('declared_items_key', ['agency_code', 'kind', 'item_id', 'as_of'])
      .execute();
  },
};

async function createVersions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency_versions')
    .addColumn('agency_code', 'text', (column) => column.notNull().references('agencies.code'))
    .addColumn('valid_from', 'text', (column) => column.notNull())
    .addColumn('name_vi', 'text', (column) => column.notNull())
    .addColumn('name_en', 'text')
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('parent_code', 'text')
    .addPrimaryKeyConstraint('agency_versions_key', ['agency_code', 'valid_from'])
    .execute();
  await sql`
    insert into agency_versions (agency_code, valid_from, name_vi, name_en, level, parent_code)
    select code, '', name_vi, name_en, level, parent_code from agencies`.execute(db);
}

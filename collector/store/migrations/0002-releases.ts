import type { Migration } from 'kysely/migration';

/** Offers of agent releases, and what every machine's agent is. */
export const releases: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .createTable('release_offers')
      // Empty for every agency that has no row of its own; so it is no reference.
      .addColumn('agency_code', 'text', (column) => column.primaryKey())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('share_ratio', 'real', (column) => column.notNull())
      .addColumn('offered_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .alterTable('machine_states')
      .addColumn('agent_key', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
};

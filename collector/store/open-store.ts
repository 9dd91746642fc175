import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { createAgencyStore } from './agency-store.ts';
import { createFigureStore } from './figure-store.ts';
import { createMachineStore } from './machine-store.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createNetworkDayStore } from './network-day-store.ts';
import { createReleaseOfferStore } from './release-offer-store.ts';
import { createReportStore } from './report-store.ts';
import { openSqlite } from './sqlite-engine.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { createTokenStore } from './token-store.ts';

/**
 * Opens the database of a path and brings its tables up to date.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL, STORE_UNAVAILABLE
 */
export async function openStore(file: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: openSqlite(file) });
  try {
    await migrate(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return storeOver(db);
}

async function migrate(db: Kysely<Tables>, file: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof TramdoError) throw error;
  throw new TramdoError('DATA_CORRUPT', `Cannot bring the tables of "${file}" up to date: ${messageOf(error)}`, {
    cause: error,
  });
}

function storeOver(db: Kysely<Tables>): Store {
  return {
    agencies: createAgencyStore(db),
    tokens: createTokenStore(db),
    machines: createMachineStore(db),
    reports: createReportStore(db),
    networkDays: createNetworkDayStore(db),
    figures: createFigureStore(db),
    releaseOffers: createReleaseOfferStore(db),
    transaction: (work) => db.transaction().execute((transaction) => work(storeOver(transaction))),
    check: async () => {
      await db
        .insertInto('settings')
        .values({ key: 'readiness', value: 'checked' })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: 'checked' }))
        .execute();
    },
    close: () => db.destroy(),
  };
}

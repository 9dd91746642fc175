import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { createAbsenceStore } from './absence-store.ts';
import { createAccessTokenStore } from './access-token-store.ts';
import { createAccountStore } from './account-store.ts';
import { createAgencyStore } from './agency-store.ts';
import { createAgencyTargetStore } from './agency-target-store.ts';
import { createAuditLogStore } from './audit-log-store.ts';
import { createDeclaredMachineStore } from './declared-machine-store.ts';
import { createExceptionStore } from './exception-store.ts';
import { createFigureStore } from './figure-store.ts';
import { createImportStore } from './import-store.ts';
import { createLineSampleStore } from './line-sample-store.ts';
import { createMachineConflictStore } from './machine-conflict-store.ts';
import { createMachineHistoryStore } from './machine-history-store.ts';
import { createMachineMoveStore } from './machine-move-store.ts';
import { createMachineStore } from './machine-store.ts';
import { refuseNewerTables } from './migration-status.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createNetworkDayStore } from './network-day-store.ts';
import { createNetworkStore } from './network-store.ts';
import { createPeriodStore } from './period-store.ts';
import { createPlaceStore } from './place-store.ts';
import { createReceiptStore } from './receipt-store.ts';
import { createRegisterStore } from './register-store.ts';
import { createReleaseOfferStore } from './release-offer-store.ts';
import { createReportStore } from './report-store.ts';
import { createSessionStore } from './session-store.ts';
import { createSetUpLinkStore } from './set-up-link-store.ts';
import { createSignInFailureStore } from './sign-in-failure-store.ts';
import { openSqlite } from './sqlite-engine.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { createTokenStore } from './token-store.ts';
import { createUpkeepStore } from './upkeep-store.ts';

/**
 * Opens the database of a path and brings its tables up to date.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DATA_NEWER, DISK_FULL, STORE_UNAVAILABLE
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
  await refuseNewerTables(db, file);
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
    register: createRegisterStore(db),
    tokens: createTokenStore(db),
    machines: createMachineStore(db),
    machineMoves: createMachineMoveStore(db),
    conflicts: createMachineConflictStore(db),
    declaredMachines: createDeclaredMachineStore(db),
    history: createMachineHistoryStore(db),
    absences: createAbsenceStore(db),
    reports: createReportStore(db),
    networkDays: createNetworkDayStore(db),
    networks: createNetworkStore(db),
    places: createPlaceStore(db),
    agencyTargets: createAgencyTargetStore(db),
    receipts: createReceiptStore(db),
    lineSamples: createLineSampleStore(db),
    figures: createFigureStore(db),
    exceptions: createExceptionStore(db),
    releaseOffers: createReleaseOfferStore(db),
    imports: createImportStore(db),
    periods: createPeriodStore(db),
    audit: createAuditLogStore(db),
    upkeep: createUpkeepStore(db),
    accounts: createAccountStore(db),
    setUpLinks: createSetUpLinkStore(db),
    sessions: createSessionStore(db),
    signInFailures: createSignInFailureStore(db),
    accessTokens: createAccessTokenStore(db),
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

import type { Kysely } from 'kysely';
import { TramdoError } from '#shared/errors.ts';
import type { Agency } from '../register/agency.ts';
import { atomically } from './atomically.ts';
import { agencyOf, agencyRow, numberOf } from './register-rows.ts';
import { createRegisterStore } from './register-store.ts';
import type { AgencyStore } from './store.ts';
import type { Tables } from './tables.ts';

/** The queries of single agencies; changes go through the register, which counts them. */
export function createAgencyStore(db: Kysely<Tables>): AgencyStore {
  return {
    add: (agency) => atomically(db, (transaction) => addIn(transaction, agency)),
    async find(code) {
      const row = await db.selectFrom('agencies').selectAll().where('code', '=', code).executeTakeFirst();
      return row === undefined ? undefined : agencyOf(row);
    },
    async list() {
      const rows = await db.selectFrom('agencies').selectAll().orderBy('code').execute();
      return rows.map(agencyOf);
    },
    declare: (number) => createRegisterStore(db).save({ numbers: [number] }),
    async newestDeclared() {
      const rows = await db
        .selectFrom('declared_numbers as number')
        .selectAll('number')
        .where(({ eb, not, exists }) =>
          not(
            exists(
              eb
                .selectFrom('declared_numbers as newer')
                .select('newer.as_of')
                .whereRef('newer.agency_code', '=', 'number.agency_code')
                .whereRef('newer.subject', '=', 'number.subject')
                .whereRef('newer.as_of', '>', 'number.as_of'),
            ),
          ),
        )
        .orderBy('number.agency_code')
        .orderBy('number.subject')
        .execute();
      return rows.flatMap(numberOf);
    },
  };
}

async function addIn(db: Kysely<Tables>, agency: Agency): Promise<void> {
  const result = await db
    .insertInto('agencies')
    .values(agencyRow(agency))
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows === 0n) {
    throw new TramdoError('AGENCY_EXISTS', `Cannot add the agency "${agency.code}" as it is in the register already`);
  }
  await createRegisterStore(db).save({ agencies: [agency] });
}

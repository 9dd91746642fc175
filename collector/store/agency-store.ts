import type { Kysely, Selectable } from 'kysely';
import { TramdoError } from '#shared/errors.ts';
import { type Agency, agency, declaredNumber } from '../register/agency.ts';
import type { AgencyStore } from './store.ts';
import type { AgencyTable, Tables } from './tables.ts';

/** The queries of the register. */
export function createAgencyStore(db: Kysely<Tables>): AgencyStore {
  return {
    async add(added) {
      const result = await db
        .insertInto('agencies')
        .values(toRow(added))
        .onConflict((conflict) => conflict.column('code').doNothing())
        .executeTakeFirst();
      if (result.numInsertedOrUpdatedRows === 0n) {
        throw new TramdoError(
          'AGENCY_EXISTS',
          `Cannot add the agency "${added.code}" as it is in the register already`,
        );
      }
    },
    async find(code) {
      const row = await db.selectFrom('agencies').selectAll().where('code', '=', code).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async list() {
      const rows = await db.selectFrom('agencies').selectAll().orderBy('code').execute();
      return rows.map(fromRow);
    },
    async declare({ agencyCode, subject, asOf, value, source }) {
      await db
        .insertInto('declared_numbers')
        .values({ agency_code: agencyCode, subject, as_of: asOf, value, source })
        .onConflict((conflict) => conflict.columns(['agency_code', 'subject', 'as_of']).doUpdateSet({ value, source }))
        .execute();
    },
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
      return rows.map(({ agency_code, subject, value, as_of, source }) =>
        declaredNumber.parse({ agencyCode: agency_code, subject, value, asOf: as_of, source }),
      );
    },
  };
}

function toRow(added: Agency): AgencyTable {
  return {
    code: added.code,
    name_vi: added.nameVi,
    name_en: added.nameEn ?? null,
    level: added.level,
    parent_code: added.parentCode ?? null,
    valid_from: added.validFrom ?? null,
    valid_to: added.validTo ?? null,
    replaced_by: added.replacedBy ?? null,
  };
}

function fromRow(row: Selectable<AgencyTable>): Agency {
  return agency.parse({
    code: row.code,
    nameVi: row.name_vi,
    nameEn: row.name_en ?? undefined,
    level: row.level,
    parentCode: row.parent_code ?? undefined,
    validFrom: row.valid_from ?? undefined,
    validTo: row.valid_to ?? undefined,
    replacedBy: row.replaced_by ?? undefined,
  });
}

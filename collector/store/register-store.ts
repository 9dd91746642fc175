import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { RegisterChange, RegisterKeys } from '../register/register-change.ts';
import type { RegisterFacts } from '../register/register-state.ts';
import { atomically } from './atomically.ts';
import { inPieces } from './bulk.ts';
import { agencyOf, agencyRow, itemOf, itemRow, numberOf, numberRow, versionOf, versionRow } from './register-rows.ts';
import type { AgencyVersionTable, DeclaredItemTable } from './register-tables.ts';
import type { AgencyTable, DeclaredNumberTable, Tables } from './tables.ts';

/** The register as a whole. */
export interface RegisterStore {
  /** Everything that was ever declared; agencies by code, the rest by agency and key. */
  facts(): Promise<RegisterFacts>;
  /** A number that grows with every change of the register, whichever process makes it; 0 before the first. */
  changeCount(): Promise<number>;
  /**
   * Keeps facts in few statements. The names, level and parent of an agency's row become those of its newest version.
   */
  save(change: RegisterChange): Promise<void>;
  /** Forgets facts; keys that are not there change nothing. */
  remove(keys: RegisterKeys): Promise<void>;
}

const COUNTER = 'register-changes';

/** The queries of the register as a whole. */
export function createRegisterStore(db: Kysely<Tables>): RegisterStore {
  return {
    async facts() {
      const agencies = await db.selectFrom('agencies').selectAll().orderBy('code').execute();
      const versions = await db
        .selectFrom('agency_versions')
        .selectAll()
        .orderBy('agency_code')
        .orderBy('valid_from')
        .execute();
      const numbers = await db
        .selectFrom('declared_numbers')
        .selectAll()
        .orderBy('agency_code')
        .orderBy('subject')
        .orderBy('as_of')
        .execute();
      const items = await db
        .selectFrom('declared_items')
        .selectAll()
        .orderBy('agency_code')
        .orderBy('kind')
        .orderBy('item_id')
        .orderBy('as_of')
        .execute();
      return {
        agencies: agencies.map(agencyOf),
        versions: versions.map(versionOf),
        numbers: numbers.flatMap(numberOf),
        items: items.map(itemOf),
      };
    },
    async changeCount() {
      const row = await db.selectFrom('settings').select('value').where('key', '=', COUNTER).executeTakeFirst();
      return Number(row?.value ?? 0);
    },
    save: (change) => atomically(db, (transaction) => saveIn(transaction, change)),
    remove: (keys) => atomically(db, (transaction) => removeIn(transaction, keys)),
  };
}

async function saveIn(
  db: Kysely<Tables>,
  { agencies = [], versions = [], numbers = [], items = [] }: RegisterChange,
): Promise<void> {
  for (const piece of inPieces(agencies)) await upsertAgencies(db, piece.map(agencyRow));
  for (const piece of inPieces(versions)) await upsertVersions(db, piece.map(versionRow));
  await showNewestVersions(
    db,
    [...agencies, ...versions].map(({ code }) => code),
  );
  for (const piece of inPieces(numbers)) await upsertNumbers(db, piece.map(numberRow));
  for (const piece of inPieces(items)) await upsertItems(db, piece.map(itemRow));
  await countRegisterChange(db);
}

async function removeIn(
  db: Kysely<Tables>,
  { agencyCodes = [], versions = [], numbers = [], items = [] }: RegisterKeys,
): Promise<void> {
  for (const keys of inPieces(items.map((key) => [key.agencyCode, key.kind, key.itemId, key.asOf]))) {
    await db.deleteFrom('declared_items').where(isOneOf('agency_code, kind, item_id, as_of', keys)).execute();
  }
  for (const keys of inPieces(numbers.map((key) => [key.agencyCode, key.subject, key.asOf]))) {
    await db.deleteFrom('declared_numbers').where(isOneOf('agency_code, subject, as_of', keys)).execute();
  }
  for (const keys of inPieces(versions.map((key) => [key.code, key.from ?? '']))) {
    await db.deleteFrom('agency_versions').where(isOneOf('agency_code, valid_from', keys)).execute();
  }
  await showNewestVersions(
    db,
    versions.map(({ code }) => code),
  );
  for (const codes of inPieces(agencyCodes)) {
    await db.deleteFrom('agency_versions').where('agency_code', 'in', codes).execute();
    await db.deleteFrom('agencies').where('code', 'in', codes).execute();
  }
  await countRegisterChange(db);
}

/** Counts a change of the register, so that whoever holds a copy notices. */
async function countRegisterChange(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key: COUNTER, value: '1' })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ value: sql`cast(cast(settings.value as bigint) + 1 as text)` }),
    )
    .execute();
}

/** Gives agencies without a version their first one, and shows the newest version of each in its row. */
async function showNewestVersions(db: Kysely<Tables>, codes: readonly string[]): Promise<void> {
  for (const piece of inPieces([...new Set(codes)])) {
    await sql`
      insert into agency_versions (agency_code, valid_from, name_vi, name_en, level, parent_code)
      select code, '', name_vi, name_en, level, parent_code from agencies
      where code in (${sql.join(piece)})
        and not exists (select 1 from agency_versions where agency_versions.agency_code = agencies.code)`.execute(db);
    await db
      .updateTable('agencies')
      .from('agency_versions as version')
      .set((eb) => ({
        name_vi: eb.ref('version.name_vi'),
        name_en: eb.ref('version.name_en'),
        level: eb.ref('version.level'),
        parent_code: eb.ref('version.parent_code'),
      }))
      .whereRef('version.agency_code', '=', 'agencies.code')
      .where('agencies.code', 'in', piece)
      .where(({ eb, not, exists }) =>
        not(
          exists(
            eb
              .selectFrom('agency_versions as newer')
              .select('newer.valid_from')
              .whereRef('newer.agency_code', '=', 'version.agency_code')
              .whereRef('newer.valid_from', '>', 'version.valid_from'),
          ),
        ),
      )
      .execute();
  }
}

function isOneOf(columns: string, keys: readonly (readonly string[])[]): RawBuilder<boolean> {
  const rows = keys.map((values) => sql`(${sql.join(values)})`);
  return sql<boolean>`(${sql.raw(columns)}) in (values ${sql.join(rows)})`;
}

async function upsertAgencies(db: Kysely<Tables>, rows: readonly AgencyTable[]): Promise<void> {
  await db
    .insertInto('agencies')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet(({ ref }) => ({
        name_vi: ref('excluded.name_vi'),
        name_en: ref('excluded.name_en'),
        level: ref('excluded.level'),
        parent_code: ref('excluded.parent_code'),
        valid_from: ref('excluded.valid_from'),
        valid_to: ref('excluded.valid_to'),
        replaced_by: ref('excluded.replaced_by'),
      })),
    )
    .execute();
}

async function upsertVersions(db: Kysely<Tables>, rows: readonly AgencyVersionTable[]): Promise<void> {
  await db
    .insertInto('agency_versions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'valid_from']).doUpdateSet(({ ref }) => ({
        name_vi: ref('excluded.name_vi'),
        name_en: ref('excluded.name_en'),
        level: ref('excluded.level'),
        parent_code: ref('excluded.parent_code'),
      })),
    )
    .execute();
}

async function upsertNumbers(db: Kysely<Tables>, rows: readonly DeclaredNumberTable[]): Promise<void> {
  await db
    .insertInto('declared_numbers')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'subject', 'as_of']).doUpdateSet(({ ref }) => ({
        value: ref('excluded.value'),
        source: ref('excluded.source'),
      })),
    )
    .execute();
}

async function upsertItems(db: Kysely<Tables>, rows: readonly DeclaredItemTable[]): Promise<void> {
  await db
    .insertInto('declared_items')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'kind', 'item_id', 'as_of']).doUpdateSet(({ ref }) => ({
        source: ref('excluded.source'),
        has_ended: ref('excluded.has_ended'),
        details: ref('excluded.details'),
      })),
    )
    .execute();
}

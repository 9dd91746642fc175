import { type QueryExecutorProvider, SqliteAdapter, sql } from 'kysely';

/**
 * Makes the database itself refuse to change or take out a row of a table, whoever asks; rows can only be added. Part of
 * migrations: it changes no more than they do.
 *
 * @param key column that numbers the rows
 */
export async function refuseChanges(db: QueryExecutorProvider, table: string, key = 'seq'): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db);
  const message = `Rows of ${table} can only be added`;
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    for (const change of ['update', 'delete']) {
      await run(
        `create trigger ${table}_refuse_${change} before ${change} on ${table} begin select raise(abort, '${message}'); end`,
      );
    }
    // `insert or replace` takes rows out without their delete trigger (sqlite.org/lang_conflict.html).
    await run(
      `create trigger ${table}_refuse_replace before insert on ${table} when exists (select 1 from ${table} where ${key} = new.${key}) begin select raise(abort, '${message}'); end`,
    );
    return;
  }
  await run(
    `create function ${table}_refuse() returns trigger language plpgsql as $$ begin raise exception '${message}'; end $$`,
  );
  await run(
    `create trigger ${table}_refuse_change before update or delete or truncate on ${table} for each statement execute function ${table}_refuse()`,
  );
}

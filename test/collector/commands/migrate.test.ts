import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '#collector/store/migrations/index.ts';
import { terminal } from './terminal.ts';

describe('migrate', () => {
  it('makes the tables, and --status then says that every one was applied', async () => {
    const { run, database } = terminal();
    expect(await run('migrate')).toEqual([`The tables of "${database}" are up to date.`]);
    const states = (await run('migrate', '--status')).map((line) => line.split(/\s+/));
    expect(states).toEqual(Object.keys(MIGRATIONS).map((name) => [name, 'applied']));
  });

  it('refuses a database of a newer version by name, as every command does', async () => {
    const { run, database } = terminal();
    await run('migrate');
    const raw = new Sqlite(database);
    raw.exec("insert into kysely_migration values ('9999-future', '2030-01-01')");
    raw.close();
    for (const argv of [['migrate'], ['migrate', '--status'], ['agency', 'list']]) {
      await expect(run(...argv)).rejects.toMatchObject({
        code: 'DATA_NEWER',
        message: `Cannot use the database "${database}" as a newer version of the collector has changed it: this one does not know "9999-future"`,
      });
    }
  });
});

import { TramdoError } from '#shared/errors.ts';
import { readMigrationStatus } from '../store/migration-status.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `migrate`: brings the tables of the database up to date, or says how they stand. */
export const migrate: CollectorCommand = {
  name: 'migrate',
  usage: '[--status]',
  summary:
    'Brings the tables of the database up to date, as `serve` does by itself; --status only says how they stand.',
  options: { status: { type: 'boolean' } },
  positionalCount: 0,
  async run({ settings, options, say }) {
    if (options['status'] === true) return sayStatus(settings.database, say);
    await withStore(settings, async (store) => {
      await store.check();
      say(`The tables of "${settings.database}" are up to date.`);
    });
  },
};

function sayStatus(database: string, say: (line: string) => void): void {
  const migrations = readMigrationStatus(database);
  const width = Math.max(...migrations.map(({ name }) => name.length));
  for (const { name, state } of migrations) say(`${name.padEnd(width)}  ${state}`);
  const unknown = migrations.find(({ state }) => state === 'unknown');
  if (unknown === undefined) return;
  throw new TramdoError(
    'DATA_NEWER',
    `Cannot use the database "${database}" as a newer version of the collector has changed it: this one does not know "${unknown.name}"`,
  );
}

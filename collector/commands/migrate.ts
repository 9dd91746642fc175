import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `migrate`: brings the tables of the database up to date. */
export const migrate: CollectorCommand = {
  name: 'migrate',
  usage: '',
  summary: 'Brings the tables of the database up to date; `serve` does it by itself.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say }) =>
    withStore(settings, async (store) => {
      await store.check();
      say(`The tables of "${settings.database}" are up to date.`);
    }),
};

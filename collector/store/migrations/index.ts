import type { Migration } from 'kysely/migration';
import { initial } from './0001-initial.ts';
import { releases } from './0002-releases.ts';

/** Every migration by its name, oldest first; never edited once it was shipped. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-releases': releases,
};

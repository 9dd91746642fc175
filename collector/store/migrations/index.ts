import type { Migration } from 'kysely/migration';
import { initial } from './0001-initial.ts';
import { releases } from './0002-releases.ts';
import { register } from './0003-register.ts';
import { machineHistory } from './0004-machine-history.ts';
import { people } from './0005-people.ts';
import { periods } from './0006-periods.ts';
import { exceptions } from './0007-exceptions.ts';
import { imports } from './0008-imports.ts';
import { networks } from './0009-networks.ts';
import { connectivity } from './0010-connectivity.ts';
import { lineSamples } from './0011-line-samples.ts';

/** Every migration by its name, oldest first; never edited once it was shipped. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-releases': releases,
  '0003-register': register,
  '0004-machine-history': machineHistory,
  '0005-people': people,
  '0006-periods': periods,
  '0007-exceptions': exceptions,
  '0008-imports': imports,
  '0009-networks': networks,
  '0010-connectivity': connectivity,
  '0011-line-samples': lineSamples,
};

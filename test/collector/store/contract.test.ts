import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { describeStore } from './contract.ts';

describeStore('SQLite', async () => {
  const store = await openStore(join(temporaryFolder(), 'tramdo.sqlite'));
  onTestFinished(() => store.close());
  return store;
});

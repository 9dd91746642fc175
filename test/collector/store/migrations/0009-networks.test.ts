import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../../ingest/reporting-machine.ts';

const WAN = networkDefinition.parse({ id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.9:443'] });

describe('0009-networks', () => {
  it('lets nobody change or take out a version behind the back of the program', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const store = await openStore(file);
    const version = { network: 'wan', fromMs: 1, definition: WAN, origin: 'people', changedBy: 'admin' } as const;
    await store.networks.add(version);
    await store.close();
    const database = new Sqlite(file);
    for (const change of [
      'update network_versions set from_ms = 0',
      'delete from network_versions',
      "insert or replace into network_versions values (1, 'wan', 0, null, 'people', '')",
    ]) {
      expect(() => database.exec(change)).toThrow('Rows of network_versions can only be added');
    }
    database.close();
    const again = await openStore(file);
    expect(await again.networks.after(0)).toEqual([{ seq: 1, ...version }]);
    await again.close();
  });
});

import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readStoreHealth } from '#collector/operations/store-health.ts';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('readStoreHealth()', () => {
  it('reads sizes, room and backups, also where the backup folder is yet to be made', async () => {
    const folder = temporaryFolder();
    const database = join(folder, 'tramdo.sqlite');
    const store = await openStore(database);
    onTestFinished(() => store.close());
    await store.upkeep.noteBackup('command', 1_000);
    await store.upkeep.noteBackup('command', 2_000);
    const health = await readStoreHealth({ database, backupFolder: join(folder, 'later/backups') }, store);
    expect(health).toEqual({
      databaseBytes: expect.any(Number),
      walBytes: expect.any(Number),
      free: [
        { volume: 'backups', bytes: expect.any(Number) },
        { volume: 'data', bytes: expect.any(Number) },
      ],
      backups: [{ kind: 'command', atMs: 2_000 }],
    });
    expect(Math.min(health.databaseBytes, health.walBytes, ...health.free.map(({ bytes }) => bytes))).toBeGreaterThan(
      0,
    );
  });

  it('shows no volume for backups where none is named, and no backup before the first', async () => {
    const database = join(temporaryFolder(), 'tramdo.sqlite');
    const store = await openStore(database);
    onTestFinished(() => store.close());
    const { free, backups } = await readStoreHealth({ database }, store);
    expect({ volumes: free.map(({ volume }) => volume), backups }).toEqual({ volumes: ['data'], backups: [] });
  });
});

import { existsSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUpBeside } from '#collector/store/backup/backup-beside.ts';
import { readBackup } from '#collector/store/backup/read-backup.ts';
import { TramdoError } from '#shared/errors.ts';
import { BACKUP_AT_MS, type DataToBackUp, dataToBackUp } from './backed-up-data.ts';

let data: DataToBackUp;

beforeAll(async () => {
  data = await dataToBackUp();
});

afterAll(() => rmSync(data.root, { recursive: true, force: true }));

function backUp(name: string, signal = new AbortController().signal) {
  const { database, dataFolder } = data;
  return backUpBeside({ database, dataFolder, target: data.besideData(name), nowMs: BACKUP_AT_MS }, signal);
}

describe('backUpBeside()', () => {
  it('makes the backup, tells of it, and names what stood in its way', async () => {
    const done = await backUp('whole');
    expect(readBackup(data.besideData('whole'))).toMatchObject(done);
    expect(done.madeAtMs).toBe(BACKUP_AT_MS);
    await expect(backUp('whole')).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
  });

  it('can be ended at any moment, and what bears the name of a backup is whole', async () => {
    for (let afterMs = 0; afterMs < 400; afterMs += 50) {
      const stopping = new AbortController();
      const name = `ended-after-${afterMs}`;
      const outcome = backUp(name, stopping.signal).then(
        () => 'made',
        (error: unknown) => (error instanceof TramdoError ? error.code : error),
      );
      await delay(afterMs);
      stopping.abort();
      expect(['made', 'STORE_UNAVAILABLE']).toContain(await outcome);
      if (existsSync(data.besideData(name))) expect(readBackup(data.besideData(name)).madeAtMs).toBe(BACKUP_AT_MS);
    }
  });
});

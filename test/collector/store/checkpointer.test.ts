import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startCheckpointer } from '#collector/store/checkpointer.ts';

describe('startCheckpointer()', () => {
  it('moves the log into the database while the writer stays open', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tramdo-checkpoint-')), 'x.sqlite');
    const writer = new Sqlite(file);
    writer.pragma('journal_mode = WAL');
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec('create table notes (text text)');
    writer.prepare('insert into notes values (?)').run('x'.repeat(100_000));
    const failures: unknown[] = [];
    const checkpointer = startCheckpointer(file, (error) => failures.push(error));
    // The file itself grows only when the log is moved into it.
    await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(100_000);
    await checkpointer.stop();
    writer.close();
    expect(failures).toEqual([]);
  });

  it('can be stopped at any moment of its beginning', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tramdo-checkpoint-')), 'x.sqlite');
    const failures: unknown[] = [];
    for (let afterMs = 0; afterMs < 120; afterMs += 4) {
      const checkpointer = startCheckpointer(file, (error) => failures.push(error));
      await delay(afterMs);
      await checkpointer.stop();
    }
    expect(failures).toEqual([]);
  });
});

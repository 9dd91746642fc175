import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
});

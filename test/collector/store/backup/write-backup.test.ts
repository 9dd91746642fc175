import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBackup } from '#collector/store/backup/read-backup.ts';
import { writeBackup } from '#collector/store/backup/write-backup.ts';
import { BACKUP_AT_MS, type DataToBackUp, dataToBackUp } from './backed-up-data.ts';

let data: DataToBackUp;

beforeAll(async () => {
  data = await dataToBackUp();
});

afterAll(() => rmSync(data.root, { recursive: true, force: true }));

function backUp(name: string) {
  const { database, dataFolder } = data;
  return writeBackup({ database, dataFolder, target: data.besideData(name), nowMs: BACKUP_AT_MS });
}

describe('writeBackup()', () => {
  it('holds the database and what agents, scrapers and people trust, and nothing else of the folder', async () => {
    const contents = await backUp('whole');
    expect(contents.files.map(({ name, mode, content }) => [name, mode.toString(8), content.toString()])).toEqual([
      ['collector-key.json', '600', 'signing key'],
      ['metrics-token', '600', 'token of scrapers'],
      ['people-key', '600', 'key of second factors'],
      ['releases/0.2.0/release.jws', '644', 'signed release'],
      ['tls/certificate.pem', '600', 'certificate'],
      ['tls/key.pem', '600', 'key of the certificate'],
    ]);
    expect(contents).toMatchObject({ madeAtMs: BACKUP_AT_MS, rowCounts: { agencies: 1, machines: 0 } });
    expect(readBackup(data.besideData('whole'))).toEqual(contents);
  });

  it('is readable by its owner alone and leaves no draft', async () => {
    await backUp('private');
    expect((statSync(data.besideData('private')).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(data.root).filter((name) => name.includes('draft'))).toEqual([]);
  });

  it('sees one state of a database that is written to meanwhile, and lets the writer go on', async () => {
    const writer = new Sqlite(data.database);
    const insert = writer.prepare('insert into settings (key, value) values (?, ?)');
    for (let index = 0; index < 2_000; index += 1) insert.run(`before-${index}`, 'x'.repeat(500));
    let written = 0;
    const writing = setInterval(() => {
      insert.run(`during-${written}`, 'x'.repeat(500));
      written += 1;
    }, 0);
    const { rowCounts } = await backUp('under-load');
    clearInterval(writing);
    writer.close();
    expect(rowCounts['settings']).toBeGreaterThanOrEqual(2_000);
    expect(written).toBeGreaterThan(0);
    expect(readBackup(data.besideData('under-load')).rowCounts).toEqual(rowCounts);
  });

  it('refuses a name that is taken and leaves the file alone', async () => {
    writeFileSync(data.besideData('taken'), 'something');
    await expect(backUp('taken')).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
    expect(statSync(data.besideData('taken')).size).toBe(9);
  });

  it('refuses a folder that is not there', async () => {
    await expect(backUp('missing/backup')).rejects.toMatchObject({ code: 'BACKUP_FOLDER_UNUSABLE' });
  });

  it('refuses to make a database where there is none', async () => {
    const database = join(data.root, 'elsewhere', 'tramdo.sqlite');
    const order = { database, dataFolder: data.dataFolder, target: data.besideData('none'), nowMs: BACKUP_AT_MS };
    await expect(writeBackup(order)).rejects.toMatchObject({
      code: 'DATA_MISSING',
      message: `Cannot back up as there is no database "${database}"`,
    });
    expect(existsSync(database)).toBe(false);
  });
});

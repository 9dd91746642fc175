import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from '#collector/store/backup/restore-backup.ts';
import { writeBackup } from '#collector/store/backup/write-backup.ts';
import { openStore } from '#collector/store/open-store.ts';
import { BACKUP_AT_MS, type DataToBackUp, dataToBackUp } from './backed-up-data.ts';

let data: DataToBackUp;
let file: string;

beforeAll(async () => {
  data = await dataToBackUp();
  const { database, dataFolder } = data;
  const source = new Sqlite(database);
  source.pragma('foreign_keys = off');
  source.exec("insert into sessions values ('hash', 'account-1', 1, 1, '{}')");
  source.exec("insert into set_up_links values ('hash', 'account-1', 1)");
  source.close();
  file = data.besideData('backup');
  await writeBackup({ database, dataFolder, target: file, nowMs: BACKUP_AT_MS });
});

afterAll(() => rmSync(data.root, { recursive: true, force: true }));

function orderFor(name: string) {
  const dataFolder = data.besideData(name);
  return { file, dataFolder, database: join(dataFolder, 'tramdo.sqlite') };
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('restoreBackup()', () => {
  it('brings files with their permissions and the database back, without what only a backup has', async () => {
    const order = orderFor('restored');
    restoreBackup(order);
    const { dataFolder, database } = order;
    expect(readdirSync(dataFolder).toSorted()).toEqual([
      'collector-key.json',
      'metrics-token',
      'people-key',
      'releases',
      'tls',
      'tramdo.sqlite',
    ]);
    expect(readFileSync(join(dataFolder, 'tls/key.pem'), 'utf8')).toBe('key of the certificate');
    expect(
      ['', 'tls', 'tls/key.pem', 'releases/0.2.0/release.jws', 'tramdo.sqlite'].map((name) =>
        modeOf(join(dataFolder, name)),
      ),
    ).toEqual(['700', '700', '600', '644', '600']);
    const store = await openStore(database);
    expect((await store.agencies.list()).map(({ code }) => code)).toEqual(['Y00.01']);
    await store.close();
    const raw = new Sqlite(database, { readonly: true });
    expect(raw.prepare("select count(*) from sqlite_master where name like 'backup%'").pluck().get()).toBe(0);
    expect(raw.pragma('application_id', { simple: true })).toBe(0);
    raw.close();
  });

  it('signs everybody out and takes no set-up link again', () => {
    const order = orderFor('signed-out');
    restoreBackup(order);
    const raw = new Sqlite(order.database, { readonly: true });
    expect(raw.prepare('select count(*) from sessions').pluck().get()).toBe(0);
    expect(raw.prepare('select count(*) from set_up_links').pluck().get()).toBe(0);
    raw.close();
  });

  it('refuses a folder with a database and names it', () => {
    const { dataFolder, database } = data;
    const before = readFileSync(database);
    expect(() => restoreBackup({ file, dataFolder, database })).toThrow(
      expect.objectContaining({ code: 'DATA_EXISTS', message: expect.stringContaining(database) }),
    );
    expect(readFileSync(database).equals(before)).toBe(true);
  });

  it('refuses a folder with the key of another collector and changes nothing in it', () => {
    const order = orderFor('of-another');
    mkdirSync(order.dataFolder);
    writeFileSync(join(order.dataFolder, 'collector-key.json'), 'of another');
    expect(() => restoreBackup(order)).toThrow(
      expect.objectContaining({ code: 'DATA_EXISTS', message: expect.stringContaining('collector-key.json') }),
    );
    expect(readdirSync(order.dataFolder)).toEqual(['collector-key.json']);
  });

  it('goes on where a restore was cut short', () => {
    const order = orderFor('again');
    restoreBackup(order);
    rmSync(order.database);
    restoreBackup(order);
    expect(existsSync(order.database)).toBe(true);
  });
});

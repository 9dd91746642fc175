import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DataFolder } from '#collector/store/data-folder.ts';
import { openStore } from '#collector/store/open-store.ts';
import { namedStoreError } from '#collector/store/store-error.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('openStore()', () => {
  it('keeps its file to itself and what it holds for the next time', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const first = await openStore(file);
    await first.agencies.add({ code: 'H47', nameVi: 'Tỉnh', level: 'province' });
    await first.close();
    const second = await openStore(file);
    expect((await second.agencies.list()).map(({ code }) => code)).toEqual(['H47']);
    await second.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('lets a command write beside a server', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const [server, command] = [await openStore(file), await openStore(file)];
    await command.agencies.add({ code: 'H47', nameVi: 'Tỉnh', level: 'province' });
    await server.agencies.add({ code: 'H48', nameVi: 'Tỉnh', level: 'province' });
    expect((await command.agencies.list()).map(({ code }) => code)).toEqual(['H47', 'H48']);
    await command.close();
    await server.close();
  });

  it('refuses a file that is no database', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    writeFileSync(file, 'nonsense '.repeat(1_000));
    await expect(openStore(file)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  });

  it('refuses a database with a damaged page', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    await (await openStore(file)).close();
    const size = statSync(file).size;
    const bytes = Buffer.alloc(size - 8_192, 0xa5);
    const database = new Sqlite(file);
    const head = Buffer.from(database.serialize().subarray(0, 8_192));
    database.close();
    writeFileSync(file, Buffer.concat([head, bytes]));
    await expect(openStore(file)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  });

  it('refuses a path it cannot write', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openStore(join(file, 'tramdo.sqlite'))).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
  });
});

describe('namedStoreError()', () => {
  it('calls a database that cannot grow a full disk', () => {
    const database = new Sqlite(':memory:');
    database.pragma('max_page_count = 2');
    let thrown: unknown;
    try {
      database.exec('create table a (b); create table c (d); create table e (f)');
    } catch (error) {
      thrown = namedStoreError(error, 'tramdo.sqlite');
    }
    database.close();
    expect(thrown).toMatchObject({ code: 'DISK_FULL' });
  });

  it.each([
    { code: 'SQLITE_BUSY', want: 'STORE_UNAVAILABLE' },
    { code: 'SQLITE_BUSY_SNAPSHOT', want: 'STORE_UNAVAILABLE' },
    { code: 'SQLITE_IOERR_WRITE', want: 'STORE_UNAVAILABLE' },
    { code: 'SQLITE_READONLY', want: 'DATA_FOLDER_UNUSABLE' },
    { code: 'SQLITE_CORRUPT_VTAB', want: 'DATA_CORRUPT' },
    { code: 'SQLITE_CONSTRAINT_FOREIGNKEY', want: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
  ])('calls $code $want', ({ code, want }) => {
    expect(namedStoreError(new Sqlite.SqliteError('x', code), 'f')).toMatchObject({ code: want });
  });
});

describe('DataFolder', () => {
  it('makes the folder and keeps the first writer of a secret', () => {
    const folder = DataFolder.open(join(temporaryFolder(), 'a', 'b'));
    expect(folder.read('tls/key.pem')).toBeUndefined();
    expect(folder.keep('tls/key.pem', 'first')).toBe('first');
    expect(folder.keep('tls/key.pem', 'second')).toBe('first');
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    expect(statSync(folder.pathOf('tls/key.pem')).mode & 0o777).toBe(0o600);
  });

  it.runIf(process.platform === 'linux')('refuses a place where the system never lets a folder be made', () => {
    const wants = expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' });
    expect(() => DataFolder.open('/proc/tramdo/data')).toThrow(wants);
  });

  it('refuses a folder it cannot make', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => DataFolder.open(join(file, 'data'))).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }),
    );
  });
});

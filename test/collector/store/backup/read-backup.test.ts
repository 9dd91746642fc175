import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEAL_BYTES, sealFile } from '#collector/store/backup/backup-seal.ts';
import { readBackup } from '#collector/store/backup/read-backup.ts';
import { writeBackup } from '#collector/store/backup/write-backup.ts';
import { BACKUP_AT_MS, type DataToBackUp, dataToBackUp } from './backed-up-data.ts';

let data: DataToBackUp;
let backup: string;

beforeAll(async () => {
  data = await dataToBackUp();
  const { database, dataFolder } = data;
  backup = data.besideData('backup');
  await writeBackup({ database, dataFolder, target: backup, nowMs: BACKUP_AT_MS });
});

afterAll(() => rmSync(data.root, { recursive: true, force: true }));

/** A copy of the backup that something was done to. */
function changed(name: string, change: (file: string) => void): string {
  const file = data.besideData(name);
  copyFileSync(backup, file);
  change(file);
  return file;
}

/** Changes the database within a backup and seals it again, as nobody does by accident. */
function resealed(name: string, statement: string): string {
  return changed(name, (file) => {
    truncateSync(file, statSync(file).size - SEAL_BYTES);
    const database = new Sqlite(file);
    database.exec(statement);
    database.close();
    sealFile(file);
  });
}

function refusal(file: string): unknown {
  try {
    return readBackup(file);
  } catch (error) {
    return error;
  }
}

describe('readBackup()', () => {
  it.each([0.02, 0.3, 0.6, 0.98])('notices one changed byte at %f of the file', (share) => {
    const file = changed(`flipped-${share}`, (path) => {
      const content = readFileSync(path);
      const at = Math.floor(content.length * share);
      content.writeUInt8((content.readUInt8(at) + 1) % 256, at);
      writeFileSync(path, content);
    });
    expect(refusal(file)).toMatchObject({
      code: 'BACKUP_INVALID',
      message: `Cannot use "${file}" as a backup: its content does not fit the checksum at its end, so it was damaged`,
    });
  });

  it.each([0.1, 0.5, 0.999])('notices that only %f of the file is there', (share) => {
    const file = changed(`cut-${share}`, (path) => truncateSync(path, Math.floor(statSync(path).size * share)));
    expect(refusal(file)).toMatchObject({
      code: 'BACKUP_INVALID',
      message: `Cannot use "${file}" as a backup: its end is missing, so it was cut off`,
    });
  });

  it('names a database that is no backup', () => {
    expect(refusal(data.database)).toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining('it is a SQLite database, but no backup'),
    });
  });

  it.each(['', 'no backup at all', `${'x'.repeat(5_000)}`])('names a file of anything else', (text) => {
    const file = changed(`text-${text.length}`, (path) => writeFileSync(path, text));
    expect(refusal(file)).toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining('it is no file that the command `backup` wrote'),
    });
  });

  it('names a file that is not there', () => {
    expect(refusal(data.besideData('nothing'))).toMatchObject({ code: 'BACKUP_FOLDER_UNUSABLE' });
  });

  it('refuses a backup of a newer version, by its tables or its form', () => {
    const insert = "insert into kysely_migration values ('9999-future', '2030-01-01')";
    expect(refusal(resealed('newer-tables', insert))).toMatchObject({
      code: 'DATA_NEWER',
      message: expect.stringContaining('9999-future'),
    });
    expect(refusal(resealed('newer-form', 'update backup_meta set format = 2'))).toMatchObject({ code: 'DATA_NEWER' });
  });

  it('refuses a backup that would write outside the data folder', () => {
    const file = resealed('escaping', "update backup_files set name = 'tls/../../evil' where name = 'tls/key.pem'");
    expect(refusal(file)).toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining('"tls/../../evil" is no file of a data folder'),
    });
  });

  it.each([
    ["update backup_files set content = x'00' where name = 'people-key'", '"people-key" does not fit its checksum'],
    ['delete from agencies', 'a table has lost rows'],
    ['drop table backup_files', 'no such table: backup_files'],
  ])('refuses what was tampered with and sealed again: %s', (statement, why) => {
    expect(refusal(resealed(`tampered-${why.length}`, `pragma foreign_keys = off; ${statement}`))).toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining(why),
    });
  });
});

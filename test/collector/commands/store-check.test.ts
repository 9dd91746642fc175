import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

async function checkedAfter(statement: string): Promise<unknown> {
  const { run, database } = terminal();
  await run('agency', 'add', 'H47', '--name', 'Tỉnh', '--level', 'province');
  const raw = new Sqlite(database);
  raw.pragma('foreign_keys = off');
  raw.exec(statement);
  raw.close();
  return run('store', 'check').catch((error: unknown) => error);
}

describe('store check', () => {
  it('vouches for a sound database', async () => {
    expect(await checkedAfter('select 1')).toEqual([
      expect.stringMatching(/^Cơ sở dữ liệu ".*": nguyên vẹn$/),
      'Nhật ký kiểm toán: nguyên vẹn',
      'Bản chốt: nguyên vẹn 0',
    ]);
  });

  it('names rows that belong to nothing', async () => {
    const orphan = "insert into join_tokens values ('t', 'H99', 'h', 1, 2, null, null, 0)";
    expect(await checkedAfter(orphan)).toMatchObject({
      code: 'DATA_CORRUPT',
      message: expect.stringContaining('A row of join_tokens names a row of agencies that is not there'),
    });
  });

  it('names the line of the audit log that was changed by hand', async () => {
    const change =
      "insert into audit_log values (7, 1, 'command', '', 'x', 'agency.add', 'H1', null, '{}', '?', 'made up')";
    expect(await checkedAfter(change)).toMatchObject({
      code: 'DATA_CORRUPT',
      message: expect.stringContaining('of the audit log does not follow the one before it'),
    });
  });
});

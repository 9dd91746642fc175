import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

function fileOf(text: string): string {
  const path = join(temporaryFolder(), 'co-quan.csv');
  writeFileSync(path, text);
  return path;
}

const GOOD = 'Mã định danh;Tên cơ quan;Cấp;Mã cơ quan cấp trên\nY99;Tỉnh Mẫu;tỉnh;\nY99.12;Sở Mẫu;sở;Y99\n';

describe('import commands', () => {
  it('try a file, load it, list it and take it back', async () => {
    const { run } = terminal();
    const file = fileOf(GOOD);
    const head = 'Bảng "Cơ quan": 2 dòng, thêm 2, thay đổi 0, giữ nguyên 0, lỗi 0.';
    expect(await run('agency', 'import', file, '--dry-run')).toEqual([
      head,
      'Chạy thử không có lỗi, chưa ghi gì. Bỏ --dry-run để nạp.',
    ]);
    const [, done = ''] = await run('agency', 'import', file);
    const id = /import undo (\S+)$/.exec(done)?.[1] ?? '';
    expect(await run('import', 'list')).toEqual([
      `${id}\t09:00 02/03/2026\tcommand line\tco-quan.csv\tagencies +2 ~0\tapplied`,
    ]);
    expect(await run('agency', 'import', file, '--lang', 'en')).toEqual([
      'Table "Agencies": 2 rows, 0 added, 0 changed, 2 unchanged, 0 problems.',
      'The file says nothing new; the register stays as it is.',
    ]);
    expect(await run('import', 'undo', id)).toEqual([`Đã hoàn tác lần nạp ${id} của tệp "co-quan.csv".`]);
    expect((await run('import', 'list'))[0]).toContain('undone 09:00 02/03/2026 by command line');
    expect(await run('agency', 'list')).not.toContain('Y99.12');
  });

  it('refuse a file with problems, and options that are none', async () => {
    const { run } = terminal();
    const bad = fileOf('Mã định danh;Số CBCCVC\nY99;1,234\n');
    await expect(run('agency', 'import', bad)).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: 'Không nạp được "co-quan.csv" vì có 2 lỗi, chưa ghi gì',
    });
    await expect(run('agency', 'import', bad, '--lang', 'en')).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: 'Cannot import "co-quan.csv" as it has 2 problems; nothing was written',
    });
    for (const argv of [
      ['--table', 'x'],
      ['--as-of', '01/07/2025'],
      ['--lang', 'fr'],
    ]) {
      await expect(run('agency', 'import', bad, ...argv)).rejects.toMatchObject({ code: 'USAGE' });
    }
    await expect(run('agency', 'import', `${bad}.none`)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('write templates that are not written over', async () => {
    const { run } = terminal();
    const folder = temporaryFolder();
    const csv = join(folder, 'mau.csv');
    await run('agency', 'template', '--format', 'csv', '--table', 'machines', '--out', csv);
    expect(readFileSync(csv, 'utf8').slice(0, 40)).toBe('\uFEFFMã định danh;Mã tài sản;Tên máy;Số sê-r');
    await expect(run('agency', 'template', '--format', 'csv', '--out', csv)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
    const xlsx = join(folder, 'mau.xlsx');
    await run('agency', 'template', '--format', 'xlsx', '--out', xlsx);
    expect(existsSync(xlsx)).toBe(true);
    await expect(run('agency', 'template', '--format', 'ods', '--out', xlsx)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

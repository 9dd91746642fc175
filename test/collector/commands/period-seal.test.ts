import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealAnswer } from '#collector/http/api/v1/period-answers.ts';
import { canonicalJson } from '#collector/periods/canonical-json.ts';
import { sha256Of } from '#collector/periods/seal-record.ts';
import { AGENCY, temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const sealList = z.object({ items: z.array(sealAnswer) });

/** A collector on 2 March 2026 with one agency that declared 20 officials and 12 computers. */
async function withAgency() {
  const rig = terminal();
  const numbers = ['--officials', '20', '--computers', '12', '--as-of', '2026-01-01', '--source', 'QĐ 1'];
  await rig.run('agency', 'add', AGENCY, '--name', 'Sở Tài chính', '--level', 'department', ...numbers);
  return rig;
}

describe('period commands', () => {
  it('compute, seal what was computed, verify and compare', async () => {
    const { run } = await withAgency();
    const draft = await run('period', 'compute', '2026-02');
    expect(draft[0]).toBe(
      'Kỳ 2026-02, 01/02/2026 đến 28/02/2026, số liệu cuối ngày 28/02/2026, bộ chỉ số catalogue-2026',
    );
    expect(draft).toContain('antivirus\t0/12\t0,00 %\tchưa rõ 12\ttạm tính');
    const english = await run('period', 'compute', '2026-02', '--lang', 'en');
    expect(english).toContain('antivirus\t0/12\t0.00 %\tunknown 12\tprovisional');
    const contentHash = draft.at(-1)?.replace('Mã băm nội dung ', '') ?? '';
    const sealed = await run('period', 'seal', '2026-02', '--note', 'báo cáo tháng', '--content-hash', contentHash);
    expect(sealed.slice(0, 2)).toEqual([
      'Đã chốt kỳ 2026-02, bộ catalogue-2026: bản chốt 1.',
      `Mã băm nội dung ${contentHash}`,
    ]);
    const hash = /^Mã băm bản chốt (\w+):/.exec(sealed[2] ?? '')?.[1];
    expect(await run('period', 'verify')).toEqual([
      'Bản chốt 1, 2026-02, catalogue-2026: nguyên vẹn',
      `Mọi bản chốt đều khớp, số bản: 1. Mã băm mới nhất: ${hash}.`,
    ]);
    expect((await run('period', 'verify', '--lang', 'en')).at(-1)).toBe(
      `All seals fit, how many: 1. Newest hash: ${hash}.`,
    );
    expect(await run('period', 'compare', '2026-02')).toEqual([
      'Bản chốt 1, 2026-02, catalogue-2026: tính lại ra đúng như đã chốt',
    ]);
    expect(await run('period', 'list')).toEqual([
      `1\t2026-02\tcatalogue-2026\t09:00 02/03/2026\tcommand line\t-\t${hash}\t${contentHash.slice(0, 12)}\tbáo cáo tháng`,
      'Kỳ đã qua, chưa chốt: 2025-Q4, 2025',
    ]);
  });

  it('correct by a new seal that names the former one and a reason, and show what differs', async () => {
    const { run } = await withAgency();
    await run('period', 'seal', '2026-02');
    await run('agency', 'set', AGENCY, '--computers', '15', '--as-of', '2026-02-01', '--source', 'QĐ 2');
    const compared = await run('period', 'compare', '1');
    expect(compared[0]).toMatch(/^Bản chốt 1, 2026-02, catalogue-2026: \d+ số liệu khác$/);
    expect(compared).toContain('  antivirus (Toàn bộ): 0/12 -> 0/15');
    await expect(run('period', 'seal', '2026-02')).rejects.toMatchObject({ code: 'PERIOD_SEALED' });
    await run('period', 'seal', '2026-02', '--corrects', '1', '--reason', 'bổ sung 3 máy tính');
    const [corrected] = await run('period', 'list');
    expect(corrected?.split('\t').slice(0, 6).join(' ')).toBe(
      '2 2026-02 catalogue-2026 09:00 02/03/2026 command line 1',
    );
  });

  it('print whole records of every seal as the API does, from which anybody can recompute the chain', async () => {
    const { run } = await withAgency();
    await run('period', 'seal', '2026-01');
    await run('period', 'seal', '2026-02', '--note', 'hai dòng\nmột ghi chú');
    const [text = ''] = await run('period', 'list', '--json');
    const { items } = sealList.parse(JSON.parse(text));
    expect(items.map(({ seq, periodId, note }) => [seq, periodId, note])).toEqual([
      [1, '2026-01', undefined],
      [2, '2026-02', 'hai dòng\nmột ghi chú'],
    ]);
    const recomputed = items.map(({ hash: _hash, sealedAt, ...link }) =>
      sha256Of(canonicalJson({ ...link, sealedAtMs: Date.parse(sealedAt) })),
    );
    expect(recomputed).toEqual(items.map(({ hash }) => hash));
    expect(items[1]?.previousHash).toBe(items[0]?.hash);
    const [newest] = await run('period', 'list', '--limit', '1', '--lang', 'en');
    expect(newest?.split('\t').at(-1)).toBe('hai dòng một ghi chú');
    expect((await run('period', 'list', '--limit', '1', '--lang', 'en')).at(-1)).toBe(
      'Over and not sealed: 2025-Q4, 2025',
    );
  });

  it('refuse what is no period, not over, or not sealed', async () => {
    const { run } = await withAgency();
    await expect(run('period', 'compute', '2026-13')).rejects.toMatchObject({ code: 'PERIOD_INVALID' });
    await expect(run('period', 'seal', '2026-03')).rejects.toMatchObject({ code: 'PERIOD_NOT_ENDED' });
    await expect(run('period', 'compare', '2026-02')).rejects.toMatchObject({ code: 'SEAL_UNKNOWN' });
    await expect(run('period', 'compute', '2026-02', '--set', 'none')).rejects.toMatchObject({
      code: 'INDEX_SET_UNKNOWN',
    });
    expect(await run('period', 'verify')).toEqual(['Chưa có bản chốt nào.']);
  });

  it('name a seal that somebody changed in the file', async () => {
    const { run, database } = await withAgency();
    await run('period', 'seal', '2026-02');
    const file = new Sqlite(database);
    file.exec(`drop trigger period_seals_refuse_update; update period_seals set note = 'x'`);
    file.close();
    await expect(run('period', 'verify')).rejects.toMatchObject({
      code: 'SEAL_BROKEN',
      message: 'Cannot trust 1 of 1 seals: 1',
    });
  });

  it('export every format into new files only', async () => {
    const { run } = await withAgency();
    await run('period', 'seal', '2026-02');
    const folder = temporaryFolder();
    const exported = async (name: string, ...options: string[]) => {
      const path = join(folder, name);
      await run('period', 'export', '2026-02', '--out', path, ...options);
      return readFileSync(path);
    };
    const json = (await exported('a.json', '--format', 'json')).toString('utf8');
    expect((await run('period', 'compute', '2026-02')).at(-1)).toBe(`Mã băm nội dung ${sha256Of(json)}`);
    const csv: string[][] = parse(await exported('a.csv'), { bom: true, delimiter: ';' });
    const antivirus = csv.find((row) => row[8] === 'antivirus' && row[7] === 'Riêng cơ quan');
    expect(antivirus?.slice(4, 15)).toEqual([
      AGENCY,
      'Sở Tài chính',
      'Sở, ban, ngành',
      'Riêng cơ quan',
      'antivirus',
      antivirus?.[9] ?? '',
      '0',
      '12',
      '0,00%',
      '%',
      '12',
    ]);
    const units: string[][] = parse(await exported('b.csv', '--format', 'csv', '--table', 'units', '--lang', 'en'), {
      bom: true,
    });
    expect(units.map((row) => row.slice(0, 4))).toContainEqual([
      AGENCY,
      'Sở Tài chính',
      'Declared number',
      'officials',
    ]);
    const sheets = await readExcelFile(await exported('a.XLSX'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Tổng hợp', 'Theo cơ quan', 'Danh sách', 'Phương pháp']);
    await expect(exported('a.XLSX', '--format', 'xlsx')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    await expect(exported('a.pdf', '--format', 'pdf')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(exported('a.pdf')).rejects.toThrow(/allowed are the endings \.\w+, /);
  });
});

import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '#collector/exports/xlsx.ts';
import { printPeriod } from '#collector/periods/print-period.ts';
import { sha256Of } from '#collector/periods/seal-record.ts';
import { department, group, numbers } from '../indicators/province.ts';
import { periodDesk, periodStore, quarterFacts } from './period-rig.ts';

const OPERATOR = { kind: 'account', id: 'account-1', name: 'operator-1', role: 'operator' } as const;
const VI = { table: 'figures', language: 'vi' } as const;

/** Seals the third quarter of two agencies: one whose name would run as a formula, one that declared nothing. */
async function sealedQuarter() {
  const { desk, live } = periodDesk(await periodStore());
  const declared = numbers({ officials: 3, computers: 3 });
  live.facts = quarterFacts({
    register: {
      day: '2026-09-30',
      agencies: [
        department({ nameVi: '=cmd|/C calc', numbers: declared }),
        department({ code: 'H47.03', nameVi: 'Sở Xây dựng', numbers: {}, parentCode: 'H47.02' }),
      ],
    },
    groups: [
      group({ machineCount: 2, machineIds: ['a', 'b'] }),
      group({ machineIds: ['c'], verdicts: { 'antivirus-active': 'fail' } }),
    ],
  });
  await desk.seal(OPERATOR, { periodId: '2026-Q3' });
  return desk;
}

async function textOf(file: Promise<{ pieces: Iterable<string | Uint8Array> }>): Promise<string> {
  return [...(await file).pieces].map((piece) => Buffer.from(piece).toString('utf8')).join('');
}

describe('printPeriod()', () => {
  it('gives a whole seal as the bytes that were sealed, and says of a part or a draft that it is none', async () => {
    const desk = await sealedQuarter();
    const whole = await desk.read(OPERATOR, 1);
    const json = { ...VI, format: 'json' } as const;
    expect(sha256Of(await textOf(printPeriod(whole, json, writeXlsx)))).toBe(whole.seal.contentHash);
    const part = await desk.read({ ...OPERATOR, role: 'agency', agencyCode: 'H47.03' }, 1);
    const printed = await textOf(printPeriod(part, json, writeXlsx));
    expect(JSON.parse(printed)).toMatchObject({ isSealed: true, partOf: 'H47.03', document: { format: 1 } });
    expect(printed).not.toContain('calc');
    const draft = await textOf(printPeriod({ document: whole.document }, json, writeXlsx));
    expect(JSON.parse(draft)).toMatchObject({ isSealed: false });
  });

  it('gives figures as CSV: one row each, with a and b beside the value and the seal they belong to', async () => {
    const whole = await (await sealedQuarter()).read(OPERATOR, 1);
    const file = await printPeriod(whole, { ...VI, format: 'csv' }, writeXlsx);
    expect([file.fileName, file.mediaType]).toEqual([
      'tramdo-2026-Q3-catalogue-2026-seal-1-figures.csv',
      'text/csv; charset=utf-8',
    ]);
    const rows: string[][] = parse([...file.pieces].join(''), { bom: true, delimiter: ';' });
    expect(rows[0]).toEqual([
      ...['Kỳ báo cáo', 'Ngày số liệu', 'Bản chốt số', 'Mã băm bản chốt', 'Mã định danh', 'Cơ quan, đơn vị', 'Cấp'],
      ...['Phạm vi', 'Mã chỉ tiêu', 'Chỉ tiêu', 'Tử số (a)', 'Mẫu số (b)', 'Giá trị', 'Đơn vị tính', 'Chưa rõ'],
      ...['Đang báo cáo', 'Đã đăng ký', 'Tỷ lệ phủ', 'Cơ quan thiếu số khai báo', 'Tình trạng'],
    ]);
    const own = rows.find((row) => row[8] === 'antivirus' && row[4] === 'H47.02' && row[7] === 'Riêng cơ quan');
    expect(own).toEqual([
      ...['2026-Q3', '2026-09-30', '1', whole.seal.hash, 'H47.02', `'=cmd|/C calc`, 'Sở, ban, ngành'],
      ...[
        'Riêng cơ quan',
        'antivirus',
        'Tỷ lệ máy tính cài phần mềm phòng, chống mã độc',
        '2',
        '3',
        '66,67%',
        '%',
        '0',
      ],
      ...['3', '3', '100,00%', '0', 'Chính thức'],
    ]);
  });

  it('lists every unit with its side for each indicator', async () => {
    const whole = await (await sealedQuarter()).read(OPERATOR, 1);
    const file = await printPeriod(whole, { format: 'csv', table: 'units', language: 'en' }, writeXlsx);
    const [headings = [], ...rows]: string[][] = parse([...file.pieces].join(''), { bom: true });
    const cell = (id: string, indicator: string) => rows.find((row) => row[3] === id)?.[headings.indexOf(indicator)];
    expect(['a', 'b', 'c'].map((id) => cell(id, 'antivirus'))).toEqual(['✓', '✓', '✗']);
    expect(cell('officials', 'computers-per-official')).toBe('b 3');
    expect(
      rows.find((row) => row[0] === 'H47.03' && row[2] === 'Never declared' && row[3] === 'officials'),
    ).toBeDefined();
  });

  it('gives an Excel file whose sheets hold the same figures as numbers, under titles that say all', async () => {
    const whole = await (await sealedQuarter()).read(OPERATOR, 1);
    const file = await printPeriod(whole, { ...VI, format: 'xlsx' }, writeXlsx);
    const [bytes = Buffer.alloc(0)] = [...file.pieces].map((piece) => Buffer.from(piece));
    const [summary, agencies, units, method] = await readExcelFile(bytes);
    expect(summary?.data.slice(0, 6).map(([title]) => title)).toEqual([
      'CHỈ TIÊU HẠ TẦNG VÀ AN TOÀN THÔNG TIN',
      'Kỳ báo cáo: quý III/2026',
      'Số liệu tính đến hết ngày 30/09/2026 · Bộ chỉ số: Danh mục chỉ tiêu ban đầu 2026',
      'Tỷ lệ phủ: 100,00 % (3/3) · TẠM TÍNH',
      'Bản chốt số 1 · chốt lúc 08:00 01/10/2026',
      `Mã băm bản chốt: ${whole.seal.hash}`,
    ]);
    const antivirus = summary?.data.find((row) => row[2] === 'antivirus' && row[1] === 'Toàn bộ');
    expect(antivirus?.slice(4, 12)).toEqual([2, 3, 2 / 3, '%', 0, 3, 3, 1]);
    expect(agencies?.data.find((row) => row[0] === 'H47.02' && row[4] === 'antivirus')?.[1]).toBe('=cmd|/C calc');
    expect(units?.data.filter((row) => row[2] === 'Máy tính').map((row) => row[3])).toEqual(['c', 'a', 'b']);
    expect(method?.data.find((row) => row[0] === 'antivirus')?.slice(2, 6)).toEqual([
      'machines-passing',
      'a: máy thuộc loại được tính, không mất liên lạc, đạt tất cả các quy tắc; b: máy đã đăng ký, tức là số máy khai báo hoặc số máy đo được, lấy số lớn hơn',
      'máy để bàn, máy xách tay',
      'ICT Index 1.2; CT 14/CT-TTg 25/5/2018',
    ]);
  });

  it('never shows 100 % of what is not all', async () => {
    const { desk, live } = periodDesk(await periodStore());
    const machineIds = Array.from({ length: 39_999 }, (_, index) => `m${String(index).padStart(5, '0')}`);
    live.facts = quarterFacts({
      register: { day: '2026-09-30', agencies: [department({ numbers: numbers({ computers: 40_000 }) })] },
      groups: [group({ machineCount: machineIds.length, machineIds })],
    });
    const { document } = await desk.draft(OPERATOR, { periodId: '2026-Q3' });
    const rows = await textOf(printPeriod({ document }, { ...VI, format: 'csv' }, writeXlsx));
    expect(rows).toContain(';39999;40000;"99,99%";');
    expect(rows).not.toContain('100,00%";%;1;');
  });
});

import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { runProgram } from '../../../child-process.ts';
import { places, planned, warnings } from './planned.ts';

const HEADINGS = 'Mã định danh;Tên cơ quan;Cấp;Mã cơ quan cấp trên';

describe('a table of agencies', () => {
  it('adds what is unknown, versions what is called differently, leaves what is known', async () => {
    const plan = await planned(
      [
        `${HEADINGS};Hiệu lực từ;Số CBCCVC;Có mạng LAN;Ngày số liệu;Nguồn`,
        'Y99.12;Sở Tài chính - Kế hoạch;sở;Y99;;50;;01/01/2026;BC 1',
        'Y99.151;Xã Mẫu 001;xã;Y99;01/07/2025;1.234;có;2026-01-01;BC 2',
        'Y99;Tỉnh Mẫu;tỉnh;;;;;;',
      ].join('\n'),
    );
    expect(plan.tables).toMatchObject([{ lineCount: 3, addedCount: 1, changedCount: 1, unchangedCount: 1 }]);
    const commune = {
      code: 'Y99.151',
      nameVi: 'Xã Mẫu 001',
      level: 'commune',
      parentCode: 'Y99',
      validFrom: '2025-07-01',
    };
    const origin = { agencyCode: 'Y99.151', asOf: '2026-01-01', source: 'BC 2' };
    const renamed = { code: 'Y99.12', nameVi: 'Sở Tài chính - Kế hoạch', level: 'department', parentCode: 'Y99' };
    expect(plan.changes).toEqual([
      { kind: 'version', line: 2, after: { ...renamed, from: '2026-01-01' } },
      { kind: 'agency', line: 3, after: commune },
      { kind: 'number', line: 3, after: { ...origin, subject: 'lan', value: 1 } },
      { kind: 'number', line: 3, after: { ...origin, subject: 'officials', value: 1_234 } },
    ]);
  });

  it('looks for the headings below titles, and counts lines as the file has them', async () => {
    const titles = 'DANH SÁCH CƠ QUAN;;;\n;;;\nNgười lập: phòng Tổng hợp;;;\n';
    const plan = await planned(`${titles}${HEADINGS}\nY99.13;Sở Y tế;sở;Y99\nY99.14;;sở;Y99\n`);
    expect(plan.tables).toMatchObject([{ table: 'agencies', lineCount: 2, addedCount: 1 }]);
    expect(places(plan)).toEqual(['B6 empty-cell']);
  });

  it('takes the first row for the headings when no row of the first ones has any', async () => {
    const plan = await planned(`Xin chào;abc\n${'a;b\n'.repeat(20)}${HEADINGS}\nY99.13;Sở Y tế;sở;Y99\n`);
    expect(places(plan)).toContain('A1 column-unknown');
  });

  it('says everything that is wrong at once, by line and column', async () => {
    const plan = await planned(
      [
        `${HEADINGS};Số CBCCV;Số máy tính;Số máy tính độc lập;Hiệu lực từ;Được thay bằng`,
        'Y99.1;Sở A;xở;Y99;1;12.5;2;31/02/2025;',
        '001.00.02.Y99;Sở B;sở;Y98;1;1,234;;;',
        'Y99.1;;sở;Y99.1;1;5;6;;',
        'Y99.3;Sở C;sở;Y99.3;1;5;6;;Y99.12',
        'Z99;Sở D;sở;Y99;1;#N/A;;;;;thừa',
      ].join('\n'),
    );
    expect(places(plan)).toEqual([
      'E1 column-unknown',
      'C2 choice-unknown',
      'F2 count-invalid',
      'H2 date-invalid',
      'D3 register-contradiction',
      'F3 count-ambiguous',
      'A4 duplicate-row',
      'B4 empty-cell',
      'D5 register-contradiction',
      'G5 stand-alone-exceeds',
      'I5 register-contradiction',
      '6 row-too-wide',
      'A6 code-invalid',
      'F6 count-invalid',
    ]);
    expect(warnings(plan)).toEqual(['no-source', 'A3 code-reversed']);
    expect(plan.tables[0]?.problems[0]).toEqual({
      line: 1,
      columnLetter: 'E',
      column: 'Số CBCCV',
      value: 'Số CBCCV',
      code: 'column-unknown',
      text: {
        vi: 'Không có cột nào tên "Số CBCCV". Ý là "Số CBCCVC"? Sửa tiêu đề hoặc xóa cột',
        en: 'There is no column "Số CBCCV". Is it "Officials"? Correct the heading or delete the column',
      },
    });
  });

  it('does not mind the order of rows nor the spelling of headings', async () => {
    const plan = await planned(
      'LEVEL,  mã ĐỊNH danh ,Parent code,TEN CO QUAN\nđơn vị,Y99.13.01,Y99.13,Chi cục Mẫu\nsở,Y99.13,Y99,Sở Mẫu\n',
    );
    expect([places(plan), plan.tables[0]?.addedCount]).toEqual([[], 2]);
  });

  it('finds cycles, ended parents, levels that do not fit, and children left behind', async () => {
    const rows = [
      'Y99.20;Đơn vị A;đơn vị;Y99.21;;',
      'Y99.21;Đơn vị B;đơn vị;Y99.20;;',
      'Y99.12;Sở Tài chính;sở;Y99;30/06/2025;Y99.77',
      'Y99.12.1;Trung tâm;đơn vị;Y99.12;;',
      'Y99.30;Xã A;xã;Y99.12;;',
    ];
    const plan = await planned([`${HEADINGS};Hiệu lực đến;Được thay bằng`, ...rows].join('\n'));
    expect(places(plan)).toEqual([
      'D2 register-contradiction',
      'D3 register-contradiction',
      'F4 register-contradiction',
      'D5 register-contradiction',
      'D6 register-contradiction',
    ]);
  });

  it('keeps 200 problems and counts all', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `Y99.${index};;sở;Y99`);
    const { tables, problemCount } = await planned([HEADINGS, ...rows].join('\n'));
    expect([tables[0]?.problems.length, tables[0]?.problemCount, problemCount]).toEqual([200, 300, 300]);
  });

  it('names a column that is missing', async () => {
    expect(places(await planned('Mã định danh;Cấp;Nguồn;Hiệu lực từ\nY99.1;sở;BC;\n'))).toEqual(['1 column-missing']);
  });
});

describe('numbers', () => {
  it('are new only when day, value or source differ from what is known', async () => {
    const file = (row: string) => planned(`Mã định danh;Số CBCCVC;Ngày số liệu;Nguồn\nY99.12;${row}\n`);
    const counts = await Promise.all(
      ['50;01/01/2026;BC 1', '50;01/01/2026;', '51;01/01/2026;', '50;01/02/2026;BC 1', '50;;', '52;;'].map(
        async (row) => {
          const { tables } = await file(row);
          return [tables[0]?.table, tables[0]?.changedCount];
        },
      ),
    );
    expect(counts).toEqual([0, 0, 1, 1, 0, 1].map((count) => ['numbers', count]));
  });

  it('warn of more trained officials than officials, with what the register knows', async () => {
    const plan = await planned('Mã định danh;CBCCVC được tập huấn ATTT\nY99.12;60\n');
    expect([places(plan), warnings(plan)]).toEqual([[], ['no-source', 'B2 more-than-officials']]);
  });

  it('keep the name of the file as their source when nothing else is said', async () => {
    const { changes } = await planned('Mã định danh;Số CBCCVC\nY99.12;60\n', { name: 'so-lieu.csv' });
    const after = { agencyCode: 'Y99.12', subject: 'officials', value: 60, asOf: '2026-03-02', source: 'so-lieu.csv' };
    expect(changes).toEqual([{ kind: 'number', line: 2, after }]);
  });

  it('belong to agencies of the register, and of one’s own scope', async () => {
    const text = 'Mã định danh;Số CBCCVC;Nguồn\nY99;1;BC\nY98;1;BC\n';
    expect(places(await planned(text))).toEqual(['A3 agency-unknown']);
    const codes = new Set(['Y99.12']);
    const scope = { codes, covers: (code: string) => codes.has(code) };
    expect(places(await planned(text, { scope }))).toEqual(['A2 agency-out-of-scope', 'A3 agency-out-of-scope']);
    expect(places(await planned(`${HEADINGS}\n`, { scope }))).toEqual(['table-forbidden']);
  });
});

describe('files', () => {
  it('that cannot be read have one problem, in both languages', async () => {
    const { problems, tables } = await planned(Buffer.from('a;b\nM\u00b7;S\u00eb T\u00b5i ch\u00ddnh\n', 'latin1'));
    expect(tables).toEqual([]);
    expect(problems).toEqual([
      {
        line: 0,
        code: 'encoding-legacy',
        text: { vi: expect.stringContaining('TCVN3 (ABC)'), en: expect.stringContaining('TCVN3 (ABC)') },
      },
    ]);
  });

  it.each([
    { text: '', want: ['file-empty'] },
    { text: `${HEADINGS}\n`, want: ['empty-file'] },
    { text: `${HEADINGS}\n# ghi chú;;;\n`, want: ['empty-file'] },
  ])('without rows are refused with $want', async ({ text, want }) => {
    expect(places(await planned(text))).toEqual(want);
  });

  it('with several sheets are read table by table, agencies first', async () => {
    const bytes = await writeExcelFile([
      { sheet: 'Hướng dẫn', data: [['bất kỳ']] },
      {
        sheet: 'Đường truyền',
        data: [
          ['Mã định danh', 'Mã đường truyền', 'Loại', 'Băng thông (Mbit/s)', 'Nguồn'],
          ['Y99.13', 'i1', 'Internet', 100, 'HĐ 1'],
        ],
      },
      { sheet: 'Cơ quan', data: [HEADINGS.split(';'), ['Y99.13', 'Sở Mẫu', 'Sở', 'Y99']] },
      { sheet: 'Máy tính', data: [['Mã định danh', 'Mã tài sản']] },
    ]).toBuffer();
    const { tables, problemCount } = await planned(bytes);
    expect(problemCount).toBe(0);
    expect(tables.map(({ table, sheet, addedCount }) => [table, sheet, addedCount])).toEqual([
      ['agencies', 'Cơ quan', 1],
      ['lines', 'Đường truyền', 1],
      ['machines', 'Máy tính', 0],
    ]);
  });

  it('with sheets of no known name, or the same table twice, are refused', async () => {
    const data = [HEADINGS.split(';'), ['Y99.13', 'Sở Mẫu', 'Sở', 'Y99']];
    const unknown = await writeExcelFile([
      { sheet: 'Cơ quan', data },
      { sheet: 'Trang 2', data },
    ]).toBuffer();
    expect(places(await planned(unknown))).toEqual(['sheet-unknown']);
    const twice = await writeExcelFile([
      { sheet: 'Cơ quan', data },
      { sheet: 'Agencies', data },
    ]).toBuffer();
    expect(places(await planned(twice))).toContain('sheet-duplicate');
    expect(places(await planned(unknown, { table: 'agencies' }))).toEqual([]);
  });

  it('of 200,000 lines are refused with the number allowed, in a heap of 96 MB', async () => {
    const script = new URL('./large-file.ts', import.meta.url).pathname;
    const { status, stdout } = await runProgram(['--max-old-space-size=96', script, '200000']);
    const printed = JSON.parse(stdout);
    expect({ status, printed }).toMatchObject({ status: 0, printed: { codes: ['too-many-rows'] } });
    // On a processor a quarter as fast as today's, too; work for every pair of lines would take hours.
    expect(printed.cpuMs).toBeLessThan(40_000);
  });

  it('says of a workbook what a spreadsheet hides: a cell is part of merged ones, or a number is no date', async () => {
    const bytes = await writeExcelFile([
      {
        sheet: 'Cơ quan',
        data: [
          ['Mã định danh', 'Tên cơ quan', 'Cấp', 'Mã cơ quan cấp trên', 'Hiệu lực từ'],
          ['Y99.13', 'Sở Y tế', { value: 'sở', rowSpan: 2 }, 'Y99', 45_839],
          ['Y99.14', null, null, 'Y99', null],
        ],
      },
    ]).toBuffer();
    expect(places(await planned(bytes, { name: 'tep.xlsx' }))).toEqual([
      'E2 date-number',
      'B3 empty-cell',
      'C3 empty-cell-merged',
    ]);
  });
});

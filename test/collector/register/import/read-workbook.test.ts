import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readWorkbook } from '#collector/register/import/read-workbook.ts';
import { type ArchivePart, hostileArchive } from './hostile-archive.ts';

const WORKBOOK: readonly ArchivePart[] = [
  {
    name: 'xl/workbook.xml',
    content:
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Cơ quan" sheetId="1" r:id="rId1"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content:
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  },
];

function workbookOf(cells: string, more: readonly ArchivePart[] = []): Buffer {
  const content = `<worksheet><sheetData>${cells}</sheetData></worksheet>`;
  return hostileArchive([...WORKBOOK, { name: 'xl/worksheets/sheet1.xml', content }, ...more]);
}

async function cellsOf(bytes: Buffer) {
  const sheets = await readWorkbook(bytes);
  return await Promise.all(sheets.map(async ({ name, rows }) => ({ name, rows: await Array.fromAsync(rows) })));
}

describe('readWorkbook()', () => {
  it('reads every sheet: texts, numbers, dates, booleans, and lines as Excel counts them', async () => {
    const day = { value: new Date(Date.UTC(2025, 6, 1)), type: Date, format: 'dd/mm/yyyy' };
    const bytes = await writeExcelFile([
      {
        sheet: 'Cơ quan',
        data: [
          ['Mã', 'Ngày'],
          ['Y99', day],
          [null, null],
          [true, 12.5],
        ],
      },
      { sheet: 'Máy tính', data: [['=1+1']] },
    ]).toBuffer();
    expect(await cellsOf(bytes)).toEqual([
      {
        name: 'Cơ quan',
        rows: [
          { line: 1, cells: ['Mã', 'Ngày'] },
          { line: 2, cells: ['Y99', new Date(Date.UTC(2025, 6, 1))] },
          { line: 4, cells: [true, 12.5] },
        ],
      },
      { name: 'Máy tính', rows: [{ line: 1, cells: ['=1+1'] }] },
    ]);
  });

  it('takes the value that was saved with a formula, and nothing of links, macros and what else is inside', async () => {
    const cells =
      '<row r="1"><c r="A1" t="str"><f>[1]Sheet!A1</f><v>đã lưu</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>';
    const others = ['xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml', 'xl/media/image1.png'];
    const bytes = workbookOf(
      cells,
      others.map((name) => ({ name, content: '<!DOCTYPE x>' })),
    );
    expect(await cellsOf(bytes)).toEqual([{ name: 'Cơ quan', rows: [{ line: 1, cells: ['đã lưu', 2] }] }]);
  });

  it('stops inflating a bomb whatever its headers claim', async () => {
    const content = Buffer.alloc(48 * 1_024 * 1_024, 0x20);
    const parts = [1, 2, 3].map((index) => ({ name: `xl/worksheets/sheet${index}.xml`, content }));
    const honest = hostileArchive([...WORKBOOK, ...parts]);
    const lying = hostileArchive([...WORKBOOK, ...parts.map((part) => ({ ...part, claimedBytes: 10 }))]);
    expect(honest.length).toBeLessThan(1_000_000);
    await expect(readWorkbook(honest)).rejects.toMatchObject({ code: 'workbook-too-large' });
    await expect(readWorkbook(lying)).rejects.toMatchObject({ code: 'workbook-broken' });
  });

  it.each([
    { name: 'a cell in a far column', cells: '<row r="1"><c r="XFD1"><v>1</v></c></row>', code: 'too-many-columns' },
    {
      name: 'a cell in a far row',
      cells: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
      code: 'too-many-rows',
    },
    { name: 'a hidden reference', cells: '<row r="1"><c r="&#88;FD1"><v>1</v></c></row>', code: 'workbook-broken' },
    { name: 'entities', cells: '<!DOCTYPE x [<!ENTITY a "b">]>', code: 'workbook-broken' },
    { name: 'cells that are no XML', cells: '<row r="1"><c r="A1" t="q"><v>1</v></c></row>', code: 'workbook-broken' },
  ])('refuses $name', async ({ cells, code }) => {
    await expect(readWorkbook(workbookOf(cells))).rejects.toMatchObject({ code });
  });

  it.each([
    { name: 'too many parts', bytes: hostileArchive(parts(1_001)), want: { code: 'workbook-too-large' } },
    { name: 'a part twice', bytes: hostileArchive([...WORKBOOK, ...WORKBOOK]), want: { code: 'workbook-broken' } },
    { name: 'half a file', bytes: workbookOf('').subarray(0, 300), want: { code: 'workbook-broken' } },
    {
      name: 'an encrypted part',
      bytes: hostileArchive([{ name: 'xl/workbook.xml', content: 'x', flags: 1 }]),
      want: { code: 'file-encrypted' },
    },
    {
      name: 'OpenDocument',
      bytes: hostileArchive([{ name: 'content.xml', content: '' }]),
      want: { code: 'file-kind' },
    },
    {
      name: 'XLSB',
      bytes: hostileArchive([{ name: 'xl/workbook.bin', content: '' }]),
      want: { params: { kind: 'XLSB' } },
    },
    { name: 'any archive', bytes: hostileArchive([{ name: 'a.txt', content: '' }]), want: { params: { kind: 'ZIP' } } },
  ])('refuses $name', async ({ bytes, want }) => {
    await expect(readWorkbook(bytes)).rejects.toMatchObject(want);
  });
});

function parts(count: number): readonly ArchivePart[] {
  return Array.from({ length: count }, (_, index) => ({ name: `xl/media/${index}.png`, content: '' }));
}

import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { Table } from '#collector/exports/table.ts';
import { writeXlsx } from '#collector/exports/xlsx.ts';

const TABLE: Table = {
  name: 'Tổng hợp & phụ lục',
  titles: ['BÁO CÁO', 'Kỳ: quý III/2026'],
  columns: [{ heading: 'Cơ quan', widthCharacters: 30 }, { heading: 'a' }, { heading: 'Giá trị', form: 'share' }],
  rows: [
    ['=HYPERLINK("http://192.0.2.1")', 2, 0.25],
    ['Sở Y tế', undefined, { value: 1.5, form: 'number' }],
  ],
};

describe('writeXlsx()', () => {
  it('gives every sheet back with titles, headings, texts as texts and numbers as numbers', async () => {
    const file = await writeXlsx([TABLE, { ...TABLE, name: 'Hai', titles: [], rows: [] }], {
      language: 'vi',
      footer: 'x',
    });
    expect(await readExcelFile(file)).toEqual([
      {
        sheet: 'Tổng hợp & phụ lục',
        data: [
          ['BÁO CÁO', null, null],
          ['Kỳ: quý III/2026', null, null],
          ['Cơ quan', 'a', 'Giá trị'],
          ['=HYPERLINK("http://192.0.2.1")', 2, 0.25],
          ['Sở Y tế', null, 1.5],
        ],
      },
      { sheet: 'Hai', data: [['Cơ quan', 'a', 'Giá trị']] },
    ]);
  });

  it('holds no formula, repeats the headings on A4 landscape and has a foot with the page number', async () => {
    const file = await writeXlsx([TABLE], { language: 'vi', footer: 'Chốt & niêm' });
    const sheet = await entryOf(file, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
    expect(sheet).toMatch(
      /<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"\/><headerFooter>/,
    );
    expect(sheet).toContain('&amp;LChốt &amp;&amp; niêm&amp;R&amp;P/&amp;N');
    expect(await entryOf(file, 'xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Tổng hợp &amp; phụ lục'!$3:$3</definedName>`,
    );
    expect(await entryOf(file, 'xl/styles.xml')).toContain('0.00%');
  });

  it('says where the rest is when a list is longer than a sheet may be', async () => {
    function* rows() {
      for (let index = 0; index <= 30; index += 1) yield [`máy ${index}`, 1, 1];
    }
    const table = { ...TABLE, titles: [], rows: rows() };
    const [sheet] = await readExcelFile(await writeXlsx([table], { language: 'vi', footer: 'x', maxRowCount: 30 }));
    expect(sheet?.data.length).toBe(32);
    expect(sheet?.data.at(-1)?.[0]).toBe('Chỉ liệt kê 30 dòng đầu; danh sách đầy đủ có trong tệp CSV hoặc JSON.');
  });
});

async function entryOf(file: Buffer, name: string): Promise<string> {
  const zip = await fromBufferPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
  throw new RangeError(`The file has no ${name}`);
}

import { describe, expect, it } from 'vitest';
import { readWorkbook } from '#collector/register/import/read-workbook.ts';
import { IMPORT_TABLES } from '#collector/register/import/table-shape.ts';
import { spellingsOf, TABLE_SHAPES, tableOfSheet } from '#collector/register/import/table-shapes.ts';
import { csvTemplate, TEMPLATE_TABLES, xlsxTemplate } from '#collector/register/import/template.ts';
import { places, planned } from './planned.ts';

describe('templates', () => {
  it.each(IMPORT_TABLES)('of %s are known by their headings in both languages and hold no row', async (table) => {
    for (const language of ['vi', 'en'] as const) {
      const plan = await planned(csvTemplate(table, language));
      expect([places(plan), plan.tables[0]?.table]).toEqual([['empty-file'], table]);
    }
  });

  it.each(IMPORT_TABLES)('of %s have examples that can be imported', async (table) => {
    const [headings = '', , example = ''] = csvTemplate(table, 'vi').toString('utf8').split('\r\n');
    const plan = await planned(`${headings}\n${example.replace('# ', '')}\n`);
    expect(places(plan)).toEqual([]);
  });

  it('are one workbook with a sheet for every table, which the import reads as empty', async () => {
    const bytes = await xlsxTemplate(TEMPLATE_TABLES, 'vi');
    expect((await readWorkbook(bytes)).map(({ name }) => name)).toEqual([
      'Cơ quan',
      'Đường truyền',
      'Giải pháp',
      'Hệ thống thông tin',
      'Triển khai chống mã độc',
      'Địa điểm mạng',
      'Máy tính',
      'Hướng dẫn',
      'Ví dụ',
    ]);
    expect(places(await planned(bytes))).toEqual(['empty-file']);
  });
});

describe('spellings', () => {
  it.each(Object.values(TABLE_SHAPES))('of $id mean one column each', ({ columns }) => {
    const all = columns.flatMap((column) => [...new Set(spellingsOf(column))]);
    expect(all.filter((text, index) => all.indexOf(text) < index)).toEqual([]);
  });

  it('name the sheets', () => {
    expect(['CƠ QUAN', 'he thong thong tin', 'machines', 'Sheet1'].map(tableOfSheet)).toEqual([
      'agencies',
      'systems',
      'machines',
      undefined,
    ]);
  });
});

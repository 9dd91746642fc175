import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { XlsxWriter } from '#collector/exports/xlsx-writer.ts';

const table = (name: string) => ({
  name,
  titles: [],
  columns: [{ heading: 'Cơ quan' }, { heading: 'a' }],
  rows: new Map([['Sở Y tế', 5]]),
});

describe('XlsxWriter', () => {
  it('writes files one after the other in a thread of its own', async () => {
    const writer = new XlsxWriter();
    const files = await Promise.all(
      ['Một', 'Hai'].map((name) => writer.write([table(name)], { language: 'vi', footer: '' })),
    );
    const read = await Promise.all(files.map((file) => readExcelFile(file)));
    expect(read).toEqual(
      ['Một', 'Hai'].map((sheet) => [
        {
          sheet,
          data: [
            ['Cơ quan', 'a'],
            ['Sở Y tế', 5],
          ],
        },
      ]),
    );
  });

  it('tells whoever asked of a failure, and goes on', async () => {
    const writer = new XlsxWriter();
    const failing = writer.write([table('a/b')], { language: 'vi', footer: '' });
    await expect(failing).rejects.toThrow(/sheet name/i);
    await expect(writer.write([table('Ba')], { language: 'vi', footer: '' })).resolves.toBeInstanceOf(Buffer);
  });
});

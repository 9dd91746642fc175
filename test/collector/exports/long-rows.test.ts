import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '#collector/exports/xlsx.ts';

describe('withLongRows()', () => {
  it('puts texts and numbers of a long list below its headings, past column Z, and leaves other sheets alone', async () => {
    const columns = Array.from({ length: 28 }, (_, index) => ({ heading: `c${index}` }));
    const long = Array.from({ length: 1_100 }, (_, index) => [
      `=1+1 <máy> & ${index}`,
      undefined,
      ' x ',
      index,
      { value: 0.5, form: 'share' } as const,
      ...Array.from({ length: 22 }, () => ''),
      'cuối',
    ]);
    const short = { name: 'Ngắn', titles: [], columns: [{ heading: 'a' }], rows: [['b']] };
    const list = { name: 'Dài', titles: ['Tên'], columns, rows: long, isLong: true };
    const [first, second] = await readExcelFile(await writeXlsx([short, list], { language: 'vi', footer: '' }), {
      trim: false,
    });
    expect(first?.data).toEqual([['a'], ['b']]);
    expect(second?.data.length).toBe(1_102);
    const last = second?.data.at(-1) ?? [];
    expect([...last.slice(0, 5), last[27]]).toEqual(['=1+1 <máy> & 1099', null, ' x ', 1_099, 0.5, 'cuối']);
  });
});

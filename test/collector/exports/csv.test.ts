import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printCsv } from '#collector/exports/csv.ts';

const columns = [{ heading: 'Tên' }, { heading: 'a' }, { heading: 'Giá trị', form: 'share' as const }];

describe('printCsv()', () => {
  it('begins with a byte order mark and ends lines as RFC 4180 wants', () => {
    const text = [...printCsv({ columns, rows: [['Sở Y tế', 1_234, 0.5]] }, 'vi')].join('');
    expect(text).toBe('\uFEFFTên;a;Giá trị\r\nSở Y tế;1234;"50,00%"\r\n');
  });

  it('separates by commas and points in English, and keeps numbers plain', () => {
    const rows = [
      ['x', -5, { value: 2.5, form: 'number' as const }],
      ['y', undefined, 1],
    ];
    expect([...printCsv({ columns, rows }, 'en')].join('')).toBe('\uFEFFTên,a,Giá trị\r\nx,-5,2.50\r\ny,,100.00%\r\n');
  });

  it.each(['=1+1', '+84', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])('takes the life out of %j', (text) => {
    const [, row] = readBack([...printCsv({ columns, rows: [[text, 1, 1]] }, 'vi')].join(''), ';');
    expect(row?.[0]).toBe(`'${text}`);
  });

  it('quotes what either language takes for the end of a cell', () => {
    const text = [...printCsv({ columns, rows: [['a;b, "c"\td', 1, 1]] }, 'vi')].join('');
    expect(text).toContain('"a;b, ""c""\td";1;');
  });

  it('reads back as it was, however long the list and whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }),
        fc.constantFrom('vi' as const, 'en' as const),
        (texts, language) => {
          const rows = texts.map((text) => [`x${text}`, 1, 1]);
          const lines = readBack([...printCsv({ columns, rows }, language)].join(''), language === 'vi' ? ';' : ',');
          expect(lines.slice(1).map(([cell]) => cell)).toEqual(texts.map((text) => `x${text}`));
        },
      ),
    );
  });

  it('prints a long list piece by piece and asks for rows as it goes', () => {
    let asked = 0;
    function* rows() {
      for (; asked < 5_000; asked += 1) yield ['x', asked, 1];
    }
    const pieces = printCsv({ columns, rows: rows() }, 'vi');
    pieces.next();
    pieces.next();
    expect(asked).toBeLessThan(1_100);
    expect([...pieces].length).toBeGreaterThan(3);
  });
});

function readBack(text: string, delimiter: string): string[][] {
  return parse(text, { bom: true, delimiter, record_delimiter: '\r\n', relax_column_count: false });
}

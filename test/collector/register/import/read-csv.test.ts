import { describe, expect, it } from 'vitest';
import { readCsv } from '#collector/register/import/read-csv.ts';

async function rowsOf(text: string) {
  return await Array.fromAsync(readCsv(Buffer.from(text), 'utf-8'));
}

describe('readCsv()', () => {
  it.each([';', ',', '\t'])('finds the delimiter "%s" by the headings', async (delimiter) => {
    const text = ['a b', '"c;,d"', 'e'].join(delimiter);
    expect(await rowsOf(`${text}\n1${delimiter}2${delimiter}3`)).toEqual([
      { line: 1, cells: ['a b', 'c;,d', 'e'] },
      { line: 2, cells: ['1', '2', '3'] },
    ]);
  });

  it('takes the delimiter that a first line of Excel names', async () => {
    expect(await rowsOf('\uFEFFsep=;\r\na,b;c\r\n')).toEqual([{ line: 2, cells: ['a,b', 'c'] }]);
  });

  it('counts lines as an editor does: cells over several lines, empty rows, every line end', async () => {
    expect(await rowsOf('a;b\r\n1;"x\ny"\r\n;\n\r\n2;  z \n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'x\ny'] },
      { line: 6, cells: ['2', 'z'] },
    ]);
  });

  it('lets others work while it reads', async () => {
    let turnCount = 0;
    const rows = rowsOf('a;b\n'.repeat(50_000)).finally(() => clearInterval(turns));
    const turns = setInterval(() => {
      turnCount += 1;
    }, 0);
    expect(await rows).toHaveLength(50_000);
    expect(turnCount).toBeGreaterThan(5);
  });

  it('joins accents with their letters and leaves formulas as text', async () => {
    const [row] = await rowsOf(`${'Sở'.normalize('NFD')};=HYPERLINK("x")`.replaceAll('"', "'"));
    expect(row?.cells).toEqual(['Sở', "=HYPERLINK('x')"]);
  });

  it.each([
    { text: 'a,b\n1,2\n3,"x"y\n', want: { code: 'quotes-broken', params: { line: 3 } } },
    { text: 'a,b\n3,"4\n5\n', want: { code: 'quote-not-closed' } },
    { text: 'a\n'.padEnd(1_100_000, '\n'), want: { code: 'too-many-rows', params: { max: 1_048_576 } } },
    { text: `a;b\n${';'.repeat(300_000)}`, want: { code: 'record-too-long', params: { line: 2 } } },
    { text: `a,b\n3,"4${'x'.repeat(300_000)}\n`, want: { code: 'record-too-long', params: { line: 2 } } },
  ])('refuses $want.code', async ({ text, want }) => {
    await expect(rowsOf(text)).rejects.toMatchObject(want);
  });
});

import { describe, expect, it } from 'vitest';
import { parseMergedCells } from '#collector/register/import/parse-merged-cells.ts';

function partsOf(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
}

describe('parseMergedCells()', () => {
  it('finds the joined cells of each sheet in the order of the workbook, whatever its parts are called', () => {
    const parts = partsOf({
      'xl/workbook.xml': '<sheets><sheet name="A" sheetId="4" r:id="rId2"/><sheet name="B" r:id="rId1"/></sheets>',
      'xl/_rels/workbook.xml.rels':
        '<Relationship Target="worksheets/x.xml" Id="rId1"/><Relationship Id="rId2" Target="/xl/worksheets/y.xml"/>',
      'xl/worksheets/x.xml': '<sheetData><c><v>1</v></c></sheetData>',
      'xl/worksheets/y.xml': '<sheetData/></sheetData><mergeCells><mergeCell ref="B2:AA3"/></mergeCells>',
    });
    expect(parseMergedCells(parts)).toEqual([[{ top: 2, left: 2, bottom: 3, right: 27 }], []]);
  });

  it('finds none in what is written in another way, and no more than it is told of', () => {
    const sheet = (content: string) =>
      partsOf({
        'xl/workbook.xml': '<sheet name="A" r:id="rId1"/>',
        'xl/_rels/workbook.xml.rels': '<Relationship Id="rId1" Target="worksheets/x.xml"/>',
        'xl/worksheets/x.xml': content,
      });
    expect(parseMergedCells(sheet('<mergeCell ref="A1"/><mergeCell ref="1:2"/>'))).toEqual([[]]);
    expect(parseMergedCells(sheet('<mergeCell ref="A1:A2"/>'.repeat(2_000)))[0]).toHaveLength(1_000);
    expect(parseMergedCells([])).toEqual([]);
  });
});

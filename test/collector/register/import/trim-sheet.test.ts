import { describe, expect, it } from 'vitest';
import { trimSheet } from '#collector/register/import/trim-sheet.ts';

const VALUE = '<row r="1"><c r="A1" t="inlineStr"><is><t>H47</t></is></c></row><row r="3"><c r="A3"><v>5</v></c></row>';
const STYLED = '<row r="4"><c r="A4" s="1"/></row><row r="1048576" ht="15"/>';
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData><pageMargins/></worksheet>`;
const trimmed = (xml: string) => trimSheet(Buffer.from(xml)).toString();

describe('trimSheet()', () => {
  it('cuts off rows below the last value and keeps what stands between values', () => {
    expect(trimmed(sheet(VALUE + STYLED))).toBe(sheet(VALUE));
    expect(trimmed(sheet(STYLED.replace('1048576', '5') + VALUE))).toBe(sheet(STYLED.replace('1048576', '5') + VALUE));
  });

  it.each([
    ['no value at all', sheet(STYLED)],
    ['quoted markup', sheet(`${VALUE}<!-- </sheetData> -->${STYLED}`)],
    ['no end', '<worksheet><sheetData><row><c><v>1</v></c></row>'],
    ['nothing', ''],
  ])('gives a sheet with %s back as it is', (_what, xml) => {
    expect(trimmed(xml)).toBe(xml);
  });
});

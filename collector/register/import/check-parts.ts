import { columnLetter } from './column-letter.ts';
import { FileRefusal } from './file-refusal.ts';
import { MAX_COLUMN_COUNT, MAX_ROW_COUNT } from './import-limits.ts';
import type { WorkbookPart } from './unpack-workbook.ts';

/** Parts of a workbook that are sheets. */
export const SHEET = /^xl\/worksheets\//;

/** Row and cell references; the reader makes every row and cell up to them, so one far away costs gigabytes. */
const REFERENCE = /(?<![\w:.-])r\s*=\s*(["'])(.*?)\1/g;

/** Letters of the first column that is too many. */
const FIRST_REFUSED = columnLetter(MAX_COLUMN_COUNT);

/**
 * Refuses what makes a small workbook large for its reader: cells far out, and entities that XML would unfold.
 *
 * @throws {FileRefusal}
 */
export function checkParts(parts: readonly WorkbookPart[]): void {
  for (const { name, bytes } of parts) {
    if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) {
      throw new FileRefusal('workbook-broken', { reason: `DOCTYPE in ${name}` });
    }
    if (SHEET.test(name)) checkReferences(bytes.toString('latin1'), name);
  }
}

function checkReferences(xml: string, name: string): void {
  for (const [, , reference = ''] of xml.matchAll(REFERENCE)) {
    const match = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(reference);
    if (match === null)
      throw new FileRefusal('workbook-broken', { reason: `r="${reference.slice(0, 20)}" in ${name}` });
    const [, letters = '', row = ''] = match;
    // One more row for the headings.
    if (Number(row) > MAX_ROW_COUNT + 1) throw new FileRefusal('too-many-rows', { max: MAX_ROW_COUNT });
    if (
      letters.length > FIRST_REFUSED.length ||
      (letters.length === FIRST_REFUSED.length && letters >= FIRST_REFUSED)
    ) {
      throw new FileRefusal('too-many-columns', { count: letters, max: MAX_COLUMN_COUNT });
    }
  }
}

import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import { sanitizeTextContent } from 'write-excel-file/utility';
import type { Cell } from './table.ts';

const DATA_END = '</sheetData>';

/** Rows that are compressed at a time. */
const ROWS_AT_ONCE = 500;

/** Rows of one sheet. */
export interface LongRows {
  /** Place of the sheet in the file, from 0. */
  readonly sheetIndex: number;
  /** Rows of the sheet that stand above, titles and headings. */
  readonly rowsAbove: number;
  readonly rows: Iterable<readonly Cell[]>;
}

/**
 * Puts long lists into the sheets of a written file as plain cells (ECMA-376, 18.3.1.4), compressed while they are read.
 *
 * The library holds every cell as an object and every sheet as one text, of which it makes several copies: 400 MB for
 * 30,000 machines.
 */
export function withLongRows(file: Uint8Array, lists: readonly LongRows[]): Buffer {
  if (lists.length === 0) return Buffer.from(file);
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const [name, bytes] of Object.entries(unzipSync(file))) {
    const part = new ZipDeflate(name);
    zip.add(part);
    const list = lists.find(({ sheetIndex }) => name === `xl/worksheets/sheet${sheetIndex + 1}.xml`);
    if (list !== undefined) for (const text of sheetTexts(strFromU8(bytes), list)) part.push(strToU8(text));
    part.push(list === undefined ? bytes : new Uint8Array(), true);
  }
  zip.end();
  return Buffer.concat(pieces);
}

function* sheetTexts(xml: string, { rowsAbove, rows }: LongRows): Generator<string> {
  const at = xml.indexOf(DATA_END);
  if (at < 0) throw new RangeError('A sheet has no place for its rows');
  yield xml.slice(0, at);
  let rowNumber = rowsAbove;
  let texts: string[] = [];
  for (const row of rows) {
    rowNumber += 1;
    const cells = row.map((cell, index) => cellXml(cell, `${columnName(index)}${rowNumber}`));
    texts.push(`<row r="${rowNumber}">${cells.join('')}</row>`);
    if (texts.length < ROWS_AT_ONCE) continue;
    yield texts.join('');
    texts = [];
  }
  yield texts.join('') + xml.slice(at);
}

/** Style 0 is the font of the file; without a style some programs take their own. */
function cellXml(cell: Cell, place: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'string') {
    return `<c r="${place}" s="0" t="inlineStr"><is><t xml:space="preserve">${sanitizeTextContent(cell)}</t></is></c>`;
  }
  return `<c r="${place}" s="0"><v>${typeof cell === 'number' ? cell : cell.value}</v></c>`;
}

/** `A` for 0, `AA` for 26. */
function columnName(index: number): string {
  const rest = index % 26;
  const letter = String.fromCharCode(65 + rest);
  return index < 26 ? letter : columnName((index - rest) / 26 - 1) + letter;
}

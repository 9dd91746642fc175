import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeExcelFile, { type Row, type Sheet } from 'write-excel-file/node';
import type { Language } from '../catalogues/language.ts';
import { withLongRows } from './long-rows.ts';
import { printLayout } from './print-layout.ts';
import { DEFAULT_WIDTH, headingHeight, rowHeight } from './row-height.ts';
import type { Cell, Column, NumberForm, Table } from './table.ts';

/** Most rows of one sheet when nothing is said: the writer holds all of a file in memory, and no person reads on. */
const MAX_SHEET_ROWS = 100_000;

/** Codes of numFmt (ECMA-376 part 1, 18.8.31); the spreadsheet shows them with the marks of its own language. */
const FORMATS = { count: '#,##0', share: '0.00%', number: '#,##0.00' } as const satisfies Record<NumberForm, string>;

const CUT = {
  vi: (rowCount: number) => `Chỉ liệt kê ${rowCount} dòng đầu; danh sách đầy đủ có trong tệp CSV hoặc JSON.`,
  en: (rowCount: number) => `Only the first ${rowCount} rows are listed; the CSV or JSON file has all of them.`,
} as const satisfies Record<Language, unknown>;

/** What every sheet carries when it is printed. */
export interface XlsxOptions {
  readonly language: Language;
  /** Left part of the foot of every page. */
  readonly footer: string;
  /** Most rows of one sheet; a line below them says where the rest is. */
  readonly maxRowCount?: number;
}

/**
 * Writes tables as an Excel file (ECMA-376), one sheet each: titles, headings that stay in sight and are repeated on
 * every printed page, then typed cells without any formula; A4 landscape, one page wide.
 */
export async function writeXlsx(
  tables: readonly Table[],
  { language, footer, maxRowCount = MAX_SHEET_ROWS }: XlsxOptions,
): Promise<Buffer<ArrayBufferLike>> {
  const bounded = tables.map((table) => ({ ...table, rows: boundedRows(table.rows, { language, maxRowCount }) }));
  const sheets = bounded.map(sheetOf);
  const headingRows = tables.map(({ titles }) => titles.length + 1);
  const lists = bounded.flatMap(({ isLong = false, titles, rows }, sheetIndex) =>
    isLong ? [{ sheetIndex, rowsAbove: titles.length + 1, rows }] : [],
  );
  const file = await writeExcelFile(sheets, {
    fontFamily: 'Times New Roman',
    fontSize: 11,
    features: [printLayout({ headingRows, footer })],
  }).toBuffer();
  return withLongRows(file, lists);
}

function* boundedRows(
  rows: Table['rows'],
  { language, maxRowCount }: Required<Pick<XlsxOptions, 'language' | 'maxRowCount'>>,
): Generator<readonly Cell[]> {
  let rowCount = 0;
  for (const row of rows) {
    if (rowCount === maxRowCount) return yield [CUT[language](maxRowCount)];
    yield row;
    rowCount += 1;
  }
}

function sheetOf({ name, titles, columns, rows, isLong = false }: Table): Sheet<Stream | Buffer | Blob> {
  const data: Row[] = titles.map((title, index) => [
    { value: title, type: String, ...(index === 0 ? { fontWeight: 'bold', fontSize: 14 } : {}) },
  ]);
  const height = headingHeight(columns);
  data.push(
    columns.map(({ heading, isTurned = false }) => ({
      value: heading,
      type: String,
      fontWeight: 'bold',
      height,
      ...(isTurned ? { textRotation: 90 } : { wrap: true }),
      ...BORDER,
      ...SHADE,
    })),
  );
  // Rows of a long list are put in by withLongRows().
  if (!isLong) for (const row of rows) data.push(rowOf(row, columns));
  return {
    data,
    sheet: name,
    orientation: 'landscape',
    stickyRowsCount: titles.length + 1,
    columns: columns.map(({ widthCharacters }) => ({ width: widthCharacters ?? DEFAULT_WIDTH })),
  };
}

const BORDER = { borderStyle: 'thin', borderColor: '#999999' } as const;
const TOP = { alignVertical: 'top' } as const;
const WRAPPED = { ...TOP, wrap: true } as const;
const CENTRED = { align: 'center' } as const;
const SHADE = { backgroundColor: '#E8EEF4', align: 'center', alignVertical: 'center' } as const;

function rowOf(row: readonly Cell[], columns: readonly Column[]): Row {
  const height = rowHeight(row, columns);
  return row.map((cell, index) => ({ ...cellOf(cell, columns[index]), ...(height === undefined ? {} : { height }) }));
}

function cellOf(cell: Cell, column: Column | undefined) {
  const style = {
    ...BORDER,
    ...(column?.isWrapped === true ? WRAPPED : TOP),
    ...(column?.isCentred === true ? CENTRED : {}),
  };
  if (cell === undefined) return style;
  if (typeof cell === 'string') return { value: cell, type: String, ...style } as const;
  const { value, form } = typeof cell === 'number' ? { value: cell, form: column?.form ?? 'count' } : cell;
  return { value, type: Number, format: FORMATS[form], ...style } as const;
}

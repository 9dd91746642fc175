import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeExcelFile, { type Row, type Sheet } from 'write-excel-file/node';
import type { Language } from '../catalogues/language.ts';
import { printLayout } from './print-layout.ts';
import type { Cell, Column, NumberForm, Table } from './table.ts';

/** Most rows of one sheet when nothing is said: the writer holds all of a file in memory, and no person reads on. */
const MAX_SHEET_ROWS = 100_000;

const DEFAULT_WIDTH = 14;

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
  const sheets = tables.map((table) => sheetOf(table, { language, maxRowCount }));
  const headingRows = tables.map(({ titles }) => titles.length + 1);
  return writeExcelFile(sheets, {
    fontFamily: 'Times New Roman',
    fontSize: 11,
    features: [printLayout({ headingRows, footer })],
  }).toBuffer();
}

function sheetOf(
  { name, titles, columns, rows, isLong = false }: Table,
  { language, maxRowCount }: Required<Pick<XlsxOptions, 'language' | 'maxRowCount'>>,
): Sheet<Stream | Buffer | Blob> {
  const data: Row[] = titles.map((title, index) => [
    { value: title, type: String, ...(index === 0 ? { fontWeight: 'bold', fontSize: 14 } : {}) },
  ]);
  data.push(
    columns.map(({ heading }) => ({
      value: heading,
      type: String,
      fontWeight: 'bold',
      wrap: true,
      ...BORDER,
      ...SHADE,
    })),
  );
  let rowCount = 0;
  for (const row of rows) {
    if (rowCount === maxRowCount) {
      data.push([{ value: CUT[language](maxRowCount), type: String }]);
      break;
    }
    data.push(row.map((cell, index) => cellOf(cell, columns[index], isLong)));
    rowCount += 1;
  }
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
const SHADE = { backgroundColor: '#E8EEF4', align: 'center', alignVertical: 'center' } as const;

function cellOf(cell: Cell, column: Column | undefined, isLong: boolean): Row[number] {
  if (isLong && (cell === undefined || cell === '')) return undefined;
  const style = isLong ? {} : { ...BORDER, ...(column?.isWrapped === true ? WRAPPED : TOP) };
  if (cell === undefined) return style;
  if (typeof cell === 'string') return { value: cell, type: String, ...style };
  const { value, form } = typeof cell === 'number' ? { value: cell, form: column?.form ?? 'count' } : cell;
  return { value, type: Number, format: FORMATS[form], ...style };
}

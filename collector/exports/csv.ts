import { stringify } from 'csv-stringify/sync';
import type { Language } from '../catalogues/language.ts';
import type { Cell, Column, NumberForm, Table } from './table.ts';

/** Rows that are printed at a time, so that a long list needs no more memory than a short one. */
const ROWS_AT_ONCE = 1_000;

/** Spreadsheets in Vietnamese read a decimal comma, and a comma can then separate nothing. */
const DELIMITERS = { vi: ';', en: ',' } as const satisfies Record<Language, string>;

/** What a spreadsheet of either language may take for the end of a cell. */
const SEPARATORS = /[;,\t]/;

/**
 * Prints a table as CSV (RFC 4180) in UTF-8 with a byte order mark, piece by piece: headings, then rows.
 *
 * Texts that a spreadsheet would run as a formula get an apostrophe in front (OWASP, CSV injection); numbers have no
 * thousands separator, a decimal comma in Vietnamese and a point in English, and a share is a percentage.
 */
export function* printCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>, language: Language): Generator<string> {
  const print = (lines: readonly (readonly string[])[]) =>
    stringify(
      lines.map((line) => [...line]),
      { delimiter: DELIMITERS[language], record_delimiter: 'windows', quoted_match: SEPARATORS },
    );
  let lines: (readonly string[])[] = [columns.map(({ heading }) => plainText(heading))];
  yield '\uFEFF';
  for (const row of rows) {
    lines.push(row.map((cell, index) => printCell(cell, columns[index], language)));
    if (lines.length < ROWS_AT_ONCE) continue;
    yield print(lines);
    lines = [];
  }
  if (lines.length > 0) yield print(lines);
}

function printCell(cell: Cell, column: Column | undefined, language: Language): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return plainText(cell);
  if (typeof cell === 'number') return printNumber(cell, column?.form ?? 'count', language);
  return printNumber(cell.value, cell.form, language);
}

function printNumber(value: number, form: NumberForm, language: Language): string {
  const text = form === 'share' ? `${(value * 100).toFixed(2)}%` : form === 'number' ? value.toFixed(2) : String(value);
  return language === 'vi' ? text.replace('.', ',') : text;
}

/** What begins a formula, also behind a line break or in the full-width forms that some spreadsheets take alike. */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function plainText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

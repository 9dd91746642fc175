import { FileRefusal } from './file-refusal.ts';
import { MAX_COLUMN_COUNT } from './import-limits.ts';
import type { ProblemList } from './import-problem.ts';
import { normalText } from './normal-text.ts';
import type { FoundTable } from './plan-table.ts';
import { textOf } from './read-cell.ts';
import { countHeadings } from './read-headings.ts';
import { REMARK, type Sheet, type SheetRow } from './sheet.ts';
import { IMPORT_TABLES, type ImportTable } from './table-shape.ts';
import { TABLE_SHAPES, tableOfSheet } from './table-shapes.ts';

/** Names of sheets that are for people. */
const GUIDES = ['huong dan', 'vi du', 'ghi chu', 'guide', 'examples', 'notes'];

/** Most rows above the headings, such as the name of a list and of who made it. */
const MAX_TITLE_ROWS = 10;

/** A failed formula begins like a remark. */
const FORMULA_ERROR = /^#[A-Z0-9/]+[!?A]$/;

/** A sheet whose first row was read. */
interface OpenSheet {
  readonly name: string | undefined;
  readonly headings: SheetRow;
  readonly rows: AsyncIterable<SheetRow>;
}

/**
 * Tells which tables a file holds, in the order in which they build upon each other: by the names of its sheets, or by
 * the headings when there is one sheet only.
 *
 * @param wanted the only table to look for; undefined for all
 * @throws {FileRefusal} for a file that cannot be read
 */
export async function findTables(
  sheets: readonly Sheet[],
  wanted: ImportTable | undefined,
  problems: ProblemList,
): Promise<readonly FoundTable[]> {
  const opened = (await Promise.all(sheets.filter(isForData).map(openSheet))).filter((sheet) => sheet !== undefined);
  const [only] = opened;
  if (only === undefined) problems.add({ line: 0 }, 'empty-file');
  const found =
    opened.length === 1 && only !== undefined ? [tableOfOnly(only, wanted)] : byName(opened, wanted, problems);
  for (const [index, { table, sheet = '' }] of found.entries()) {
    const isTwice = found.findIndex((other) => other.table === table) < index;
    if (isTwice) problems.add({ line: 0, value: sheet }, 'sheet-duplicate', { value: TABLE_SHAPES[table].name });
  }
  return found.toSorted((a, b) => IMPORT_TABLES.indexOf(a.table) - IMPORT_TABLES.indexOf(b.table));
}

function isForData({ name }: Sheet): boolean {
  return name === undefined || !GUIDES.includes(normalText(name));
}

async function openSheet({ name, rows }: Sheet): Promise<OpenSheet | undefined> {
  const told = withoutRemarks(rows);
  const top = await topRows(told);
  const [first] = top;
  if (first === undefined) return undefined;
  const at = Math.max(0, top.findIndex(holdsHeadings));
  const headings = top[at] ?? first;
  // Every unknown heading is compared with all the known ones.
  const count = headings.cells.findLastIndex((cell) => cell !== undefined) + 1;
  if (count > MAX_COLUMN_COUNT) throw new FileRefusal('too-many-columns', { count, max: MAX_COLUMN_COUNT });
  return { name, headings, rows: rowsAfter(top.slice(at + 1), told) };
}

/** The first rows up to the headings; when they are not among them, the file may have titles only, or wrong headings. */
async function topRows(told: AsyncGenerator<SheetRow>): Promise<readonly SheetRow[]> {
  const top: SheetRow[] = [];
  while (top.length <= MAX_TITLE_ROWS) {
    const next = await told.next();
    if (next.done === true) break;
    top.push(next.value);
    if (holdsHeadings(next.value)) break;
  }
  return top;
}

/** Two, as a title or a cell of data may happen to be one. */
function holdsHeadings(row: SheetRow): boolean {
  return IMPORT_TABLES.some((table) => countHeadings(TABLE_SHAPES[table], row) >= 2);
}

async function* rowsAfter(top: readonly SheetRow[], told: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  yield* top;
  yield* told;
}

async function* withoutRemarks(rows: Sheet['rows']): AsyncGenerator<SheetRow> {
  for await (const row of rows) {
    const first = textOf(row.cells.find((cell) => cell !== undefined)) ?? '';
    if (!first.startsWith(REMARK) || FORMULA_ERROR.test(first)) yield row;
  }
}

function tableOfOnly({ name, headings, rows }: OpenSheet, wanted: ImportTable | undefined): FoundTable {
  const named = name === undefined ? undefined : tableOfSheet(name);
  return {
    table: wanted ?? named ?? guessTable(headings),
    ...(name === undefined ? {} : { sheet: name }),
    headings,
    rows,
  };
}

function byName(
  sheets: readonly OpenSheet[],
  wanted: ImportTable | undefined,
  problems: ProblemList,
): readonly FoundTable[] {
  const allowed = namesOf(wanted === undefined ? IMPORT_TABLES : [wanted]);
  const found = sheets.flatMap(({ name = '', headings, rows }): readonly FoundTable[] => {
    const table = tableOfSheet(name);
    if (table === undefined && wanted === undefined)
      problems.add({ line: 0, value: name }, 'sheet-unknown', { allowed });
    if (table === undefined || (wanted !== undefined && table !== wanted)) return [];
    return [{ table, sheet: name, headings, rows }];
  });
  if (found.length === 0 && wanted !== undefined && sheets.length > 0) {
    problems.add({ line: 0, value: sheets[0]?.name }, 'sheet-unknown', { allowed });
  }
  return found;
}

function namesOf(tables: readonly ImportTable[]) {
  const names = (language: 'vi' | 'en') => tables.map((table) => TABLE_SHAPES[table].name[language]).join(', ');
  return { vi: names('vi'), en: names('en') };
}

/** The table whose headings fit best: known ones count for it, required ones that are missing against it. */
function guessTable(headings: SheetRow): ImportTable {
  const scores = IMPORT_TABLES.map((table) => {
    const shape = TABLE_SHAPES[table];
    const required = { ...shape, columns: shape.columns.filter(({ isRequired }) => isRequired) };
    const missingCount = required.columns.length - Math.min(countHeadings(required, headings), required.columns.length);
    return { table, score: countHeadings(shape, headings) - missingCount };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).table;
}

import { columnLetter } from './column-letter.ts';
import type { ProblemList } from './import-problem.ts';
import { nearestName } from './nearest-name.ts';
import { normalText } from './normal-text.ts';
import { textOf } from './read-cell.ts';
import type { SheetRow } from './sheet.ts';
import type { TableShape } from './table-shape.ts';
import { spellingsOf } from './table-shapes.ts';

/** Where a column is in a file. */
export interface FoundColumn {
  /** Place in the row, from 0. */
  readonly index: number;
  readonly letter: string;
  /** The heading as the file has it. */
  readonly heading: string;
}

/** Columns of a file by what they mean, and how wide its rows may be. */
export interface FoundColumns {
  readonly byKey: ReadonlyMap<string, FoundColumn>;
  readonly width: number;
}

/**
 * Finds the columns of a table by the headings of a file, in any order and either language. Unknown and missing ones are
 * problems; cells below an unknown heading are not looked at.
 */
export function readHeadings(shape: TableShape, row: SheetRow, problems: ProblemList): FoundColumns {
  const keys = new Map(
    shape.columns.flatMap((column) => spellingsOf(column).map((text) => [text, column.key] as const)),
  );
  const byKey = new Map<string, FoundColumn>();
  for (const [index, cell] of row.cells.entries()) {
    const heading = textOf(cell);
    if (heading === undefined) continue;
    const found = { index, letter: columnLetter(index), heading };
    const place = { line: row.line, columnLetter: found.letter, column: heading, value: heading };
    const key = keys.get(normalText(heading));
    const other = key === undefined ? undefined : byKey.get(key);
    if (key === undefined) problems.add(place, 'column-unknown', { advice: adviceFor(shape, heading) });
    else if (other !== undefined) problems.add(place, 'column-duplicate', { other: other.letter });
    else byKey.set(key, found);
  }
  for (const { key, heading, isRequired } of shape.columns) {
    if (isRequired && !byKey.has(key)) problems.add({ line: row.line }, 'column-missing', { heading });
  }
  return { byKey, width: row.cells.length };
}

/** How many headings of a file a table knows. */
export function countHeadings(shape: TableShape, row: SheetRow): number {
  const known = new Set(shape.columns.flatMap(spellingsOf));
  return row.cells.filter((cell) => known.has(normalText(textOf(cell) ?? ''))).length;
}

function adviceFor(shape: TableShape, heading: string) {
  const spelt = shape.columns.flatMap((column) => spellingsOf(column).map((text) => ({ text, column })));
  const near = nearestName(
    normalText(heading),
    spelt.map(({ text }) => text),
  );
  const meant = spelt.find(({ text }) => text === near)?.column.heading;
  if (meant !== undefined)
    return {
      vi: `Ý là "${meant.vi}"? Sửa tiêu đề hoặc xóa cột`,
      en: `Is it "${meant.en}"? Correct the heading or delete the column`,
    };
  const all = (language: 'vi' | 'en') => shape.columns.map((column) => column.heading[language]).join(', ');
  return { vi: `Xóa cột, hoặc dùng một trong: ${all('vi')}`, en: `Delete the column, or use one of: ${all('en')}` };
}

import type { Cell, Column } from './table.ts';

/** Height of one line of 11 points, in points. */
const LINE_POINTS = 15;

/** Highest row that a spreadsheet allows, in points (ECMA-376, 18.3.1.73). */
const MAX_POINTS = 409;

/** Height that one letter of a turned heading takes, in points. */
const TURNED_LETTER_POINTS = 6;

/** Width of a column of which nothing is said, in characters. */
export const DEFAULT_WIDTH = 14;

/**
 * Height that a row of headings needs, in points. Heights are written, as spreadsheets differ in whether they find
 * them by themselves in a file that they did not write, and a cut heading is read wrong.
 */
export function headingHeight(columns: readonly Column[]): number {
  const heights = columns.map(({ heading, isTurned = false, widthCharacters = DEFAULT_WIDTH }) =>
    isTurned
      ? heading.length * TURNED_LETTER_POINTS
      : // Bold letters are wider.
        lineCount(heading, Math.floor(widthCharacters * 0.85)) * LINE_POINTS,
  );
  return Math.min(MAX_POINTS, Math.max(LINE_POINTS, ...heights));
}

/** Height that the wrapped texts of a row need, in points; undefined when one line is enough. */
export function rowHeight(cells: readonly Cell[], columns: readonly Column[]): number | undefined {
  const lines = cells.map((cell, index) => {
    const column = columns[index];
    if (typeof cell !== 'string' || column?.isWrapped !== true) return 1;
    // Widths are told in digits, which are wider than most letters.
    return lineCount(cell, Math.floor((column.widthCharacters ?? DEFAULT_WIDTH) * 1.1));
  });
  const most = Math.max(1, ...lines);
  return most === 1 ? undefined : Math.min(MAX_POINTS, most * LINE_POINTS);
}

/** Lines of a text that is broken at blanks and behind hyphens, and within a word that is longer than a line. */
function lineCount(text: string, width: number): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(/(?<=[ -])/)) {
      const length = word.trimEnd().length;
      if (used > 0 && used + length > width) {
        lines += 1;
        used = 0;
      }
      lines += Math.max(0, Math.ceil(length / width) - 1);
      used += word.length % width;
    }
  }
  return lines;
}

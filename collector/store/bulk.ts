/** Most rows in one statement; with 20 columns well below SQLite's 32,766 parameters. */
const MAX_ROWS = 256;

/**
 * Cuts a list into pieces whose lengths are powers of two, so that a statement exists in nine shapes only and each is
 * prepared once.
 */
export function inPieces<Row>(rows: readonly Row[]): Row[][] {
  const pieces: Row[][] = [];
  let from = 0;
  while (from < rows.length) {
    const length = Math.min(MAX_ROWS, 2 ** Math.floor(Math.log2(rows.length - from)));
    pieces.push(rows.slice(from, from + length));
    from += length;
  }
  return pieces;
}

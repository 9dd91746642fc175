import { setImmediate as afterOthers } from 'node:timers/promises';
import type { Cell } from './table.ts';

/** Rows in one piece; reading so many out of a document takes a few milliseconds. */
const ROWS_AT_ONCE = 500;

/** Rows as UTF-8 JSON in pieces, which another thread is handed without a copy. */
export type PackedRows = readonly Uint8Array<ArrayBuffer>[];

/** Packs rows for another thread; between pieces everybody else gets their turn. */
export async function packRows(rows: Iterable<readonly Cell[]>): Promise<PackedRows> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const encoder = new TextEncoder();
  let piece: (readonly Cell[])[] = [];
  const keep = () => pieces.push(encoder.encode(JSON.stringify(piece)));
  for (const row of rows) {
    piece.push(row);
    if (piece.length < ROWS_AT_ONCE) continue;
    keep();
    piece = [];
    await afterOthers();
  }
  if (piece.length > 0) keep();
  return pieces;
}

/** The rows that were packed, a piece of them at a time. */
export function* unpackRows(pieces: PackedRows): Generator<readonly Cell[]> {
  const decoder = new TextDecoder();
  for (const piece of pieces) {
    const rows: readonly (readonly (Exclude<Cell, undefined> | null)[])[] = JSON.parse(decoder.decode(piece));
    for (const row of rows) yield row.map((cell) => cell ?? undefined);
  }
}

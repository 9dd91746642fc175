import type { MergedCells } from './parse-merged-cells.ts';

/** What a cell of a file holds; undefined when it is empty. Dates come from Excel's date cells, midnight UTC. */
export type CellValue = string | number | boolean | Date | undefined;

/** One row of a file. */
export interface SheetRow {
  /** Line of the file, from 1; the first one of a row that goes over several. */
  readonly line: number;
  readonly cells: readonly CellValue[];
  /** Joined cells that the row is part of; absent when there are none. */
  readonly merged?: readonly MergedCells[];
}

/** One table of a file, row by row, the headings first; rows without any value are left out. */
export interface Sheet {
  /** Name of the sheet; absent for CSV. */
  readonly name?: string;
  readonly rows: AsyncIterable<SheetRow> | Iterable<SheetRow>;
}

/** What marks a row as a remark for people, as the template has them. */
export const REMARK = '#';

import type { ImportProblem } from './import-problem.ts';
import type { ImportTable } from './table-shape.ts';

/** What a table of a file does, or would do, to the register. */
export interface TableResult {
  readonly table: ImportTable;
  /** Name of its sheet; absent for CSV. */
  readonly sheet?: string;
  /** Rows with anything in them, without headings and remarks. */
  readonly lineCount: number;
  /** Rows that make something the register did not know. */
  readonly addedCount: number;
  /** Rows that change what it knew. */
  readonly changedCount: number;
  /** Rows that say what it knows already. */
  readonly unchangedCount: number;
  /** What stops the import, at most 200 of them, by line and column. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** What is odd but stops nothing, likewise. */
  readonly warnings: readonly ImportProblem[];
  readonly warningCount: number;
}

/** What a file does, or would do, to the register. */
export interface ImportResult {
  readonly fileName: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Nothing was written because nothing was to be. */
  readonly isDryRun: boolean;
  /** Absent for a dry run, for a file with problems, and when nothing changed. */
  readonly importId?: string;
  /** In the order in which they are applied; empty for a file that could not be read. */
  readonly tables: readonly TableResult[];
  /** What is wrong with the file as a whole. */
  readonly problems: readonly ImportProblem[];
  /** Problems of the file and of all tables together; nothing is written unless it is 0. */
  readonly problemCount: number;
}

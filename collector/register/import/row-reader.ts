import { parseAgencyCode } from '../agency-code.ts';
import { MAX_CELL_LENGTH } from './import-limits.ts';
import type { ProblemList, ProblemPlace } from './import-problem.ts';
import type { ProblemCode, ProblemParams } from './problem-texts.ts';
import { type ChoiceList, readChoice, readDate, readWhole, textOf, YES_NO } from './read-cell.ts';
import type { FoundColumns } from './read-headings.ts';
import type { CellValue, SheetRow } from './sheet.ts';
import type { TableShape } from './table-shape.ts';

/** Where the cells of a table are and where problems go. */
export interface TableReading {
  readonly shape: TableShape;
  readonly columns: FoundColumns;
  readonly problems: ProblemList;
  readonly warnings: ProblemList;
}

const FORMULA_ERROR = /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!)$/;

/** Characters that nobody types: controls beside line end and tab, and marks that change the direction of text. */
const ODD = /[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** Reads the cells of one row by what they mean; whatever is wrong becomes a problem and the value undefined. */
export class RowReader<Key extends string> {
  readonly #reading: TableReading;
  readonly #row: SheetRow;
  #isSound = true;

  constructor(reading: TableReading, row: SheetRow) {
    this.#reading = reading;
    this.#row = row;
    const { width } = reading.columns;
    const count = row.cells.length;
    if (row.cells.slice(width).some((cell) => cell !== undefined)) {
      this.#fail({ line: row.line }, 'row-too-wide', { count, max: width });
    }
    for (const { key, isRequired, heading } of reading.shape.columns) {
      if (!isRequired || this.#cell(key) !== undefined) continue;
      // A column that is missing is a problem of the headings, said once.
      if (reading.columns.byKey.has(key))
        this.#fail(this.#place(key), this.#isMerged(key) ? 'empty-cell-merged' : 'empty-cell', { heading });
      else this.#isSound = false;
    }
  }

  /** Line of the row. */
  get line(): number {
    return this.#row.line;
  }

  /** Whether nothing was wrong so far. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** Where a cell is, for a problem. */
  placeOf(key: Key): ProblemPlace {
    return this.#place(key);
  }

  /** Adds a problem of a cell. */
  refuse(key: Key, code: ProblemCode, params: ProblemParams = {}): void {
    this.#fail(this.placeOf(key), code, params);
  }

  /** Adds something odd that does not stop the import. */
  warn(key: Key, code: ProblemCode, params: ProblemParams = {}): void {
    this.#reading.warnings.add(this.placeOf(key), code, params);
  }

  /** Whether the cell holds anything. */
  has(key: Key): boolean {
    return this.#cell(key) !== undefined;
  }

  /** Text of at most so many characters. */
  text(key: Key, maxLength: number): string | undefined {
    const text = textOf(this.#cell(key));
    if (text === undefined) return undefined;
    const max = Math.min(maxLength, MAX_CELL_LENGTH);
    if (FORMULA_ERROR.test(text)) return this.#none(key, 'formula-error');
    if (ODD.test(text)) return this.#none(key, 'text-odd');
    if (text.length > max) return this.#none(key, 'cell-too-long', { length: text.length, max });
    // A line end within a cell is there for the eye only.
    return text.replace(/\s+/g, ' ');
  }

  /** An agency code in its present form; one in the old form is warned of. */
  code(key: Key): string | undefined {
    const text = this.text(key, 80);
    if (text === undefined) return undefined;
    try {
      const code = parseAgencyCode(text);
      if (code !== text.toUpperCase()) this.warn(key, 'code-reversed', { code });
      return code;
    } catch {
      return this.#none(key, 'code-invalid');
    }
  }

  /** A whole number within bounds. */
  whole(key: Key, min: number, max: number): number | undefined {
    const cell = this.#cell(key);
    if (cell === undefined) return undefined;
    const value = readWhole(cell);
    if (value === 'ambiguous') return this.#none(key, 'count-ambiguous');
    if (value === 'invalid' || value < min || value > max) return this.#none(key, 'count-invalid', { min, max });
    return value;
  }

  /** A day `yyyy-mm-dd`. */
  date(key: Key): string | undefined {
    const cell = this.#cell(key);
    if (cell === undefined) return undefined;
    return readDate(cell) ?? this.#none(key, typeof cell === 'number' ? 'date-number' : 'date-invalid');
  }

  /** A value of a closed list. */
  choice<Value>(key: Key, list: ChoiceList<Value>): Value | undefined {
    const cell = this.#cell(key);
    if (cell === undefined) return undefined;
    return readChoice(cell, list) ?? this.#none(key, 'choice-unknown', { allowed: list.allowed });
  }

  /** Yes or no. */
  yesNo(key: Key): boolean | undefined {
    return this.choice(key, YES_NO);
  }

  #place(key: string): ProblemPlace {
    const column = this.#reading.columns.byKey.get(key);
    const value = textOf(this.#cell(key));
    return { line: this.line, columnLetter: column?.letter, column: column?.heading, value };
  }

  /** Whether the cell is joined to one above or to the left, which holds the value. */
  #isMerged(key: string): boolean {
    const column = (this.#reading.columns.byKey.get(key)?.index ?? -1) + 1;
    const { line, merged = [] } = this.#row;
    return merged.some(({ top, left, right }) => left <= column && column <= right && (top < line || left < column));
  }

  #cell(key: string): CellValue {
    const column = this.#reading.columns.byKey.get(key);
    return column === undefined ? undefined : this.#row.cells[column.index];
  }

  #none(key: Key, code: ProblemCode, params: ProblemParams = {}): undefined {
    this.refuse(key, code, params);
    return undefined;
  }

  #fail(place: ProblemPlace, code: ProblemCode, params: ProblemParams): void {
    this.#isSound = false;
    this.#reading.problems.add(place, code, params);
  }
}

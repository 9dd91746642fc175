import type { Language, LocalText } from '../../catalogues/language.ts';
import { MAX_KEPT_PROBLEMS } from './import-limits.ts';
import { PROBLEM_TEXTS, type ProblemCode, type ProblemParams } from './problem-texts.ts';

/** One thing that is wrong, or odd, in a file. */
export interface ImportProblem {
  /** Line of the file, from 1, as an editor or Excel counts; 0 when it concerns the file as a whole. */
  readonly line: number;
  /** Letter of the column as Excel shows it (`A`, `AB`); absent when it concerns the whole line. */
  readonly columnLetter?: string;
  /** Heading of the column as the file has it. */
  readonly column?: string;
  /** What the cell says, cut to 80 characters. */
  readonly value?: string;
  readonly code: ProblemCode;
  /** What is wrong, what is allowed and what to do. */
  readonly text: LocalText;
}

/** Where a problem is; see {@link ImportProblem}. */
export type ProblemPlace = Pick<ImportProblem, 'line'> & {
  readonly columnLetter?: string | undefined;
  readonly column?: string | undefined;
  readonly value?: string | undefined;
};

/** Most characters of a cell that a problem quotes. */
const MAX_QUOTED_LENGTH = 80;

/** Collects problems: keeps the first ones, counts all. */
export class ProblemList {
  readonly #kept: ImportProblem[] = [];
  #count = 0;

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** The first ones that were added, sorted by line and column. */
  get kept(): readonly ImportProblem[] {
    return this.#kept.toSorted(
      (a, b) =>
        a.line - b.line ||
        (a.columnLetter ?? '').length - (b.columnLetter ?? '').length ||
        (a.columnLetter ?? '').localeCompare(b.columnLetter ?? '', 'en'),
    );
  }

  /** Adds one; beyond {@link MAX_KEPT_PROBLEMS} it is counted only. */
  add(place: ProblemPlace, code: ProblemCode, params: ProblemParams = {}): void {
    // Writing a text costs more than reading a row, and a hostile file has a problem in every cell.
    if (this.#kept.length >= MAX_KEPT_PROBLEMS) {
      this.#count += 1;
      return;
    }
    const texts = PROBLEM_TEXTS[code];
    const value = place.value?.slice(0, MAX_QUOTED_LENGTH);
    const filled = value === undefined ? params : { value, ...params };
    this.addText(place, code, { vi: fill(texts.vi, filled, 'vi'), en: fill(texts.en, filled, 'en') });
  }

  /** Adds one whose text somebody else wrote. */
  addText({ line, columnLetter, column, value }: ProblemPlace, code: ProblemCode, text: LocalText): void {
    this.#count += 1;
    if (this.#kept.length >= MAX_KEPT_PROBLEMS) return;
    this.#kept.push({
      line,
      ...(columnLetter === undefined ? {} : { columnLetter }),
      ...(column === undefined ? {} : { column }),
      ...(value === undefined ? {} : { value: value.slice(0, MAX_QUOTED_LENGTH) }),
      code,
      text,
    });
  }
}

function fill(text: string, params: ProblemParams, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name] ?? whole;
    if (typeof value === 'object') return value[language];
    const isAmount = typeof value === 'number' && name !== 'line' && name !== 'other';
    return isAmount ? value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-US') : String(value);
  });
}

import type { LocalText } from '../../catalogues/language.ts';
import { dayNumberOfDate } from '../../catalogues/viet-nam-time.ts';
import { normalText } from './normal-text.ts';
import type { CellValue } from './sheet.ts';

/** A value of a closed list with every way to write it, as normalText() leaves them. */
export interface Choice<Value> {
  readonly value: Value;
  readonly spellings: readonly string[];
}

/** Values of a closed list, and how they are named to people. */
export interface ChoiceList<Value> {
  readonly choices: readonly Choice<Value>[];
  readonly allowed: LocalText;
}

/** Whole numbers, also with dots or spaces between thousands. */
const WHOLE = /^(?:\d{1,15}|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[  ]\d{3})+)$/;

/** A comma is the Vietnamese decimal mark and the English thousands mark. */
const AMBIGUOUS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

const ISO_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00:00.*)?$/;
const LOCAL_DATE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

const YES_SPELLINGS = ['co', 'x', 'yes', 'y', 'true', '1', 'dung', 'da', 'roi'];
const NO_SPELLINGS = ['khong', 'ko', 'no', 'n', 'false', '0', 'chua', 'sai'];

/** The words for yes and no in both languages. */
export const YES_NO: ChoiceList<boolean> = {
  choices: [
    { value: true, spellings: YES_SPELLINGS },
    { value: false, spellings: NO_SPELLINGS },
  ],
  allowed: { vi: 'có, không, x', en: 'yes, no, x' },
};

/** A cell as text, dates as `yyyy-mm-dd`. */
export function textOf(cell: CellValue): string | undefined {
  // Excel can hold numbers far beyond the calendar as dates.
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? String(cell) : cell.toISOString().slice(0, 10);
  return cell === undefined ? undefined : String(cell);
}

/**
 * The whole number of a cell, `1.234` being one thousand and so on.
 *
 * @returns `ambiguous` for `1,234`, which is less than two in Viet Nam; `invalid` for everything else that is none
 */
export function readWhole(cell: CellValue): number | 'ambiguous' | 'invalid' {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell : 'invalid';
  if (typeof cell !== 'string') return 'invalid';
  if (AMBIGUOUS.test(cell)) return 'ambiguous';
  return WHOLE.test(cell) ? Number(cell.replace(/[.  ]/g, '')) : 'invalid';
}

/** The date of a cell as `yyyy-mm-dd`: an Excel date, `yyyy-mm-dd`, or day before month; undefined when it is none. */
export function readDate(cell: CellValue): string | undefined {
  const text = textOf(cell);
  if (text === undefined || typeof cell === 'number') return undefined;
  const iso = ISO_DATE.exec(text);
  const local = LOCAL_DATE.exec(text);
  const [year, month, day] = iso?.slice(1, 4) ?? local?.slice(1, 4).toReversed() ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}

/** Tells a date `yyyy-mm-dd` that is in the calendar from one that is not, such as 2025-02-30. */
function isDate(text: string): boolean {
  const number = dayNumberOfDate(text);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    Number.isFinite(number) &&
    new Date(number * 86_400_000).toISOString().startsWith(text)
  );
}

/** The value of a closed list that a cell means; undefined when it means none. */
export function readChoice<Value>(cell: CellValue, { choices }: ChoiceList<Value>): Value | undefined {
  const text = normalText(textOf(cell) ?? '');
  return choices.find(({ spellings }) => spellings.includes(text))?.value;
}

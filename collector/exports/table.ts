/** How a number is shown: `count` whole, `share` as a percentage of 1, `number` with two digits. */
export type NumberForm = 'count' | 'share' | 'number';

/** A number that is shown in another way than its column. */
export interface FormedNumber {
  readonly value: number;
  readonly form: NumberForm;
}

/** What a cell holds; undefined leaves it empty. A text stays a text whatever it looks like. */
export type Cell = string | number | FormedNumber | undefined;

/** One column of a table. */
export interface Column {
  readonly heading: string;
  /** How its numbers are shown; `count` when absent. */
  readonly form?: NumberForm;
  /** Width in characters where a file has widths; 14 when absent. */
  readonly widthCharacters?: number;
  /** Long texts are broken into lines within the width. */
  readonly isWrapped?: boolean;
  /** Texts stand in the middle; for short words beside numbers. */
  readonly isCentred?: boolean;
  /** The heading reads upwards where a file is made to be printed, so that many narrow columns fit a page. */
  readonly isTurned?: boolean;
}

/** A list as every file format can hold it. */
export interface Table {
  /** Name of its sheet, at most 31 characters, none of `\ / ? * [ ] :`. */
  readonly name: string;
  /** Lines above the headings where a file is made to be read and printed. */
  readonly titles: readonly string[];
  readonly columns: readonly Column[];
  /** Each as long as `columns`; read once, so that a long list need not be held. */
  readonly rows: Iterable<readonly Cell[]>;
  /** Thousands of rows to look things up in: cells have neither frames nor forms, which cost as much as their content. */
  readonly isLong?: boolean;
}

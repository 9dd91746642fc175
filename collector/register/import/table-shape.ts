import type { LocalText } from '../../catalogues/language.ts';

/** Tables that a file may hold. */
export const IMPORT_TABLES = [
  'agencies',
  'numbers',
  'lines',
  'solutions',
  'systems',
  'deployments',
  'places',
  'machines',
] as const;

/** One of {@link IMPORT_TABLES}. */
export type ImportTable = (typeof IMPORT_TABLES)[number];

/** One column of a table. */
export interface ImportColumn<Key extends string = string> {
  readonly key: Key;
  /** Heading in the template. */
  readonly heading: LocalText;
  /** Other headings that mean the same, as normalText() leaves them; the headings of both languages count anyway. */
  readonly spellings: readonly string[];
  /** The column must be there, and its cells filled in. */
  readonly isRequired: boolean;
  /** What to write in it. */
  readonly note: LocalText;
  /** A cell of the template's example rows. */
  readonly example: string;
}

/** One table with everything that is known of it before a file is read. */
export interface TableShape<Key extends string = string> {
  readonly id: ImportTable;
  /** Name of its sheet in a workbook. */
  readonly name: LocalText;
  /** Other names of its sheet, as normalText() leaves them. */
  readonly spellings: readonly string[];
  readonly columns: readonly ImportColumn<Key>[];
}

/** What a column is written as in the tables: headings, note, example, and what differs from the usual. */
export interface ColumnDraft {
  readonly vi: string;
  readonly en: string;
  readonly spellings?: readonly string[];
  readonly isRequired?: boolean;
  readonly noteVi: string;
  readonly noteEn: string;
  readonly example: string;
}

/** Makes a column of a draft. */
export function column<Key extends string>(key: Key, draft: ColumnDraft): ImportColumn<Key> {
  return {
    key,
    heading: { vi: draft.vi, en: draft.en },
    spellings: draft.spellings ?? [],
    isRequired: draft.isRequired ?? false,
    note: { vi: draft.noteVi, en: draft.noteEn },
    example: draft.example,
  };
}

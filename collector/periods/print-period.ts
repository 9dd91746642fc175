import type { Language } from '../catalogues/language.ts';
import { printCsv } from '../exports/csv.ts';
import type { Table } from '../exports/table.ts';
import type { XlsxOptions } from '../exports/xlsx.ts';
import { canonicalJson } from './canonical-json.ts';
import { figuresTable, footLine, type PeriodView, periodSheets, unitsList } from './period-file.ts';

/** Formats of a file. */
export const PERIOD_FORMATS = ['csv', 'xlsx', 'json'] as const;

/** Lists of which a CSV file holds one. */
export const PERIOD_TABLES = ['figures', 'units'] as const;

/** Media types by format; CSV says its character set (RFC 7111). */
export const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const satisfies Record<(typeof PERIOD_FORMATS)[number], string>;

/** Which file is wanted. */
export interface PeriodFileAsked {
  readonly format: (typeof PERIOD_FORMATS)[number];
  /** For CSV. */
  readonly table: (typeof PERIOD_TABLES)[number];
  readonly language: Language;
}

/** A period as a file. */
export interface PeriodFile {
  readonly fileName: string;
  readonly mediaType: string;
  /** Read once. */
  readonly pieces: Iterable<string | Uint8Array>;
}

/**
 * Prints a period. JSON of a whole seal is the sealed document byte by byte, so that `sha256sum` gives its content hash;
 * that of a draft or of a part says in `isSealed` and `partOf` that it is none.
 *
 * @param text the sealed bytes, when it is a whole seal
 * @param writeSheets writes Excel files: writeXlsx(), or in a thread of its own XlsxWriter
 */
export async function printPeriod(
  view: PeriodView & { readonly text?: string },
  { format, table, language }: PeriodFileAsked,
  writeSheets: (tables: readonly Table[], options: XlsxOptions) => Promise<Uint8Array>,
): Promise<PeriodFile> {
  const named = {
    fileName: `${nameOf(view, format === 'csv' ? table : undefined)}.${format}`,
    mediaType: MEDIA_TYPES[format],
  };
  if (format === 'json') return { ...named, pieces: [view.text ?? printUnsealed(view)] };
  if (format === 'xlsx') {
    const footer = footLine(view, language);
    return { ...named, pieces: [await writeSheets(periodSheets(view, language), { language, footer })] };
  }
  const list = table === 'units' ? unitsList(view, language) : figuresTable(view, language);
  return { ...named, pieces: printCsv(list, language) };
}

function printUnsealed({ document, seal, partOf }: PeriodView): string {
  return canonicalJson({ isSealed: seal !== undefined, seal, partOf, document });
}

function nameOf({ document, seal, partOf }: PeriodView, table: string | undefined): string {
  const state = seal === undefined ? 'draft' : `seal-${seal.seq}`;
  const parts = ['tramdo', document.period.id, document.facts.indexSet.id, state, partOf, table];
  return parts.filter((part) => part !== undefined).join('-');
}

import { Readable } from 'node:stream';
import { setImmediate as afterOthers } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import type { TextEncoding } from './detect-encoding.ts';
import { FileRefusal } from './file-refusal.ts';
import { MAX_LINE_COUNT, MAX_RECORD_BYTES } from './import-limits.ts';
import type { SheetRow } from './sheet.ts';

const DELIMITERS = [';', ',', '\t'] as const;

type Delimiter = (typeof DELIMITERS)[number];

/** How much is decoded at once, in bytes; between two pieces reports are answered. */
const CHUNK_BYTES = 16_384;

/** How much is looked at for the delimiter, in bytes. */
const START_BYTES = 65_536;

/** What Excel reads, and writes, as the first line of a CSV file to name its delimiter. */
const DELIMITER_LINE = /^sep=(.)\r?\n/i;

/**
 * Reads CSV (RFC 4180) row by row, so that only one row is held at a time.
 *
 * The delimiter is the commonest of `;`, `,` and tab in the line of headings, or the one an Excel line `sep=;` names.
 *
 * @throws {FileRefusal} while reading, for broken quotes and rows without end
 */
export async function* readCsv(bytes: Uint8Array, encoding: TextEncoding): AsyncGenerator<SheetRow> {
  refuseLongLines(bytes);
  const { text: start, delimiter, skippedLength } = readStart(bytes, encoding);
  const parser = Readable.from(textChunks(bytes, encoding, skippedLength)).pipe(
    parse({
      delimiter,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_RECORD_BYTES,
    }),
  );
  let line = DELIMITER_LINE.test(start) ? 2 : 1;
  const firstLine = line - 1;
  try {
    for await (const { record, info } of parser) {
      const cells: string[] = record;
      if (cells.some((cell) => cell.trim() !== '')) yield { line, cells: cells.map(emptyAsAbsent) };
      line = Number(info.lines) + firstLine + 1;
      if (line > MAX_LINE_COUNT) throw new FileRefusal('too-many-rows', { max: MAX_LINE_COUNT });
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(error, firstLine) : error;
  }
}

/** The parser's own bound counts what cells hold, and not the cells: a line of delimiters alone is millions of them. */
function refuseLongLines(bytes: Uint8Array): void {
  let line = 1;
  let start = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === 10) line += 1;
    if (byte === 10 || byte === 13) start = index + 1;
    else if (index - start > MAX_RECORD_BYTES)
      throw new FileRefusal('record-too-long', { line, max: MAX_RECORD_BYTES });
  }
}

function emptyAsAbsent(cell: string): string | undefined {
  const text = cell.normalize('NFC').trim();
  return text === '' ? undefined : text;
}

function refusalOf(error: CsvError, firstLine: number): FileRefusal {
  const line = Number(error['lines']) + firstLine;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new FileRefusal('record-too-long', { line, max: MAX_RECORD_BYTES }, { cause: error });
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new FileRefusal('quote-not-closed', {}, { cause: error });
  return new FileRefusal('quotes-broken', { line }, { cause: error });
}

function readStart(bytes: Uint8Array, encoding: TextEncoding) {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, START_BYTES));
  const named = DELIMITER_LINE.exec(text);
  const delimiter = DELIMITERS.find((known) => known === named?.[1]) ?? commonest(text.slice(named?.[0].length ?? 0));
  return { text, delimiter, skippedLength: named?.[0].length ?? 0 };
}

function commonest(text: string): Delimiter {
  const counts = new Map<string, number>();
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (letter === '\n' || letter === '\r') break;
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

async function* textChunks(bytes: Uint8Array, encoding: TextEncoding, skippedLength: number): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const chunk = decoder.decode(bytes.subarray(from, from + CHUNK_BYTES), { stream: true });
    const text = from === 0 ? chunk.slice(skippedLength) : chunk;
    // The parser takes an empty piece for the end.
    if (text !== '') yield text;
    await afterOthers();
  }
}

import type { Entry, ZipFile } from 'yauzl';
import { fromBufferPromise } from 'yauzl';
import { messageOf } from '#shared/errors.ts';
import { FileRefusal } from './file-refusal.ts';
import { MAX_INFLATED_BYTES, MAX_PART_COUNT } from './import-limits.ts';

/** A part of a workbook: a file within its archive, inflated. */
export interface WorkbookPart {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Parts that hold tables and what is needed to read them; links, macros, pictures and the rest are left where they are. */
const READ_PART = /^xl\/(?:[^/]+\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/;

/** What an archive that is no workbook of this kind holds, and what it is called. */
const OTHERS: readonly { readonly part: RegExp; readonly kind: string }[] = [
  { part: /^xl\/workbook\.bin$/, kind: 'XLSB' },
  { part: /^content\.xml$/, kind: 'ODS (OpenDocument)' },
  { part: /^word\//, kind: 'DOCX (Word)' },
  { part: /^ppt\//, kind: 'PPTX (PowerPoint)' },
  { part: /^Index\//, kind: 'Numbers' },
];

/**
 * Inflates the parts of an XLSX file that are read.
 *
 * Bytes are counted while they come out, whatever the headers of the archive say of sizes; past the bound inflating
 * stops. Each part of the archive's directory is inflated once, and a name that is there twice is refused, so that
 * nobody after this reads another file than the one that was measured.
 *
 * @throws {FileRefusal}
 */
export async function unpackWorkbook(bytes: Buffer): Promise<readonly WorkbookPart[]> {
  try {
    const archive = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true });
    if (archive.entryCount > MAX_PART_COUNT) {
      throw new FileRefusal('workbook-too-large', { what: `${archive.entryCount} parts`, max: MAX_PART_COUNT });
    }
    return await inflateParts(archive);
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw new FileRefusal('workbook-broken', { reason: messageOf(error) }, { cause: error });
  }
}

async function inflateParts(archive: ZipFile): Promise<readonly WorkbookPart[]> {
  const names = new Set<string>();
  const parts: WorkbookPart[] = [];
  let leftBytes = MAX_INFLATED_BYTES;
  for await (const entry of archive.eachEntry()) {
    if (names.has(entry.fileName)) throw new FileRefusal('workbook-broken', { reason: `"${entry.fileName}" twice` });
    names.add(entry.fileName);
    if (entry.isEncrypted()) throw new FileRefusal('file-encrypted');
    if (!READ_PART.test(entry.fileName)) continue;
    const part = await inflate(archive, entry, leftBytes);
    leftBytes -= part.length;
    parts.push({ name: entry.fileName, bytes: part });
  }
  if (names.has('xl/workbook.xml')) return parts;
  const other = OTHERS.find(({ part }) => [...names].some((name) => part.test(name)));
  throw new FileRefusal('file-kind', { kind: other?.kind ?? 'ZIP' });
}

async function inflate(archive: ZipFile, entry: Entry, leftBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    length += chunk.length;
    // Leaving the loop destroys the stream, so that nothing more is inflated.
    if (length > leftBytes) {
      throw new FileRefusal('workbook-too-large', { what: `${entry.fileName}`, max: `${MAX_INFLATED_BYTES} byte` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

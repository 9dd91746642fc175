import { crc32 } from 'node:zlib';
import type { WorkbookPart } from './unpack-workbook.ts';

/** Records of a ZIP archive (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const DIRECTORY_END = 0x06054b50;

/** Version needed to extract a part that is stored as it is. */
const VERSION = 10;

/**
 * Makes an archive of parts that were measured, stored as they are, for a reader that wants an archive.
 *
 * Handing it the original would let it read what an archive's two lists of contents say differently.
 */
export function packParts(parts: readonly WorkbookPart[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of parts) {
    const nameBytes = Buffer.from(name, 'utf8');
    const shared = sharedFields(nameBytes, bytes);
    const header = Buffer.concat([words32(LOCAL_HEADER), shared, nameBytes]);
    local.push(header, bytes);
    directory.push(
      Buffer.concat([
        words32(DIRECTORY_HEADER),
        words16(VERSION),
        shared,
        // Comment length, disk, internal attributes, external attributes.
        words16(0, 0, 0),
        words32(0, offset),
        nameBytes,
      ]),
    );
    offset += header.length + bytes.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([
    ...local,
    entries,
    words32(DIRECTORY_END),
    words16(0, 0, parts.length, parts.length),
    words32(entries.length, offset),
    words16(0),
  ]);
}

/** What both headers of a part hold in the same order, from the version to the lengths of name and extra field. */
function sharedFields(name: Buffer, bytes: Buffer): Buffer {
  return Buffer.concat([
    // Version, flags, method "stored", time, date.
    words16(VERSION, 0, 0, 0, 0),
    words32(crc32(bytes), bytes.length, bytes.length),
    words16(name.length, 0),
  ]);
}

function words16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

function words32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

/** What the agent needs of a firmware's SMBIOS table (DSP0134 3.7); undefined where the firmware left a text out. */
export interface SmbiosTable {
  /** System UUID of structure type 1 in the form of RFC 9562, lower case. */
  readonly systemUuid: string | undefined;
  /** Serial number of the whole machine, type 1. */
  readonly systemSerial: string | undefined;
  /** Serial number of the first board, type 2. */
  readonly boardSerial: string | undefined;
  /** Serial number of the first case, type 3. */
  readonly chassisSerial: string | undefined;
}

/** One structure: its formatted bytes, and its texts, which the formatted bytes name by number from 1. */
interface Structure {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly texts: readonly string[];
}

const SYSTEM = 1;
const BOARD = 2;
const CHASSIS = 3;
const END_OF_TABLE = 127;
const UUID_AT = 0x08;
/** Bytes Windows puts before the table (GetSystemFirmwareTable, RawSMBIOSData): method, version, revision, length. */
const WINDOWS_HEAD_BYTES = 8;
/** Since 2.6 the byte order of a UUID is written down; before, firmware kept the order in which it is read. */
const ORDERED_SINCE = 0x0206;

/**
 * Reads an SMBIOS table as Windows keeps it in its registry, with a head of eight bytes, or as it lies in memory.
 *
 * A table that breaks off gives what stood before the break. Nothing at all is undefined for each field.
 */
export function parseSmbios(raw: Uint8Array): SmbiosTable {
  const hasHead = hasWindowsHead(raw);
  const structures = structuresOf(hasHead ? raw.subarray(WINDOWS_HEAD_BYTES) : raw);
  const version = hasHead ? (raw[1] ?? 0) * 0x100 + (raw[2] ?? 0) : ORDERED_SINCE;
  const first = (type: number) => structures.find((one) => one.type === type);
  const [system, board, chassis] = [first(SYSTEM), first(BOARD), first(CHASSIS)];
  return {
    systemUuid: system === undefined ? undefined : uuidOf(system.bytes, version >= ORDERED_SINCE),
    systemSerial: textAt(system, 0x07),
    boardSerial: textAt(board, 0x07),
    chassisSerial: textAt(chassis, 0x07),
  };
}

function hasWindowsHead(raw: Uint8Array): boolean {
  const [, , , , a = 0, b = 0, c = 0, d = 0] = raw;
  const length = a + b * 0x100 + c * 0x10000 + d * 0x1000000;
  return raw.length > WINDOWS_HEAD_BYTES && length > 0 && length <= raw.length - WINDOWS_HEAD_BYTES && raw[1] !== 0;
}

function structuresOf(table: Uint8Array): Structure[] {
  const structures: Structure[] = [];
  let at = 0;
  while (at + 4 <= table.length) {
    const type = table[at] ?? END_OF_TABLE;
    const length = table[at + 1] ?? 0;
    if (type === END_OF_TABLE || length < 4 || at + length > table.length) break;
    const { texts, endsAt } = textsFrom(table, at + length);
    structures.push({ type, bytes: table.subarray(at, at + length), texts });
    at = endsAt;
  }
  return structures;
}

/** Texts end in NUL, and the list in one more; a structure without texts is followed by two (6.1.3). */
function textsFrom(table: Uint8Array, start: number): { readonly texts: string[]; readonly endsAt: number } {
  const texts: string[] = [];
  let at = start;
  while (at < table.length && table[at] !== 0) {
    const end = table.indexOf(0, at);
    const stop = end === -1 ? table.length : end;
    texts.push(new TextDecoder().decode(table.subarray(at, stop)));
    at = stop + 1;
  }
  return { texts, endsAt: texts.length === 0 ? start + 2 : at + 1 };
}

function textAt(structure: Structure | undefined, offset: number): string | undefined {
  const number = structure?.bytes[offset] ?? 0;
  return number === 0 ? undefined : structure?.texts[number - 1];
}

/**
 * The first three fields of a UUID are stored with the lowest byte first (7.2.1), the other two as they are written.
 * Linux reads tables before 2.6 as they are written throughout (drivers/firmware/dmi_scan.c), and so does this.
 */
function uuidOf(bytes: Uint8Array, isLowestFirst: boolean): string | undefined {
  if (bytes.length < UUID_AT + 16) return undefined;
  const hex = (offsets: readonly number[]) =>
    offsets.map((offset) => (bytes[UUID_AT + offset] ?? 0).toString(16).padStart(2, '0')).join('');
  const field = (offsets: readonly number[]) => hex(isLowestFirst ? offsets.toReversed() : offsets);
  const fields = [field([0, 1, 2, 3]), field([4, 5]), field([6, 7]), hex([8, 9]), hex([10, 11, 12, 13, 14, 15])];
  return fields.join('-');
}

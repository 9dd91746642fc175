/** What goes into a table; each text may be junk, as firmware's are. */
export interface SmbiosTexts {
  readonly maker: string;
  readonly product: string;
  readonly systemSerial: string;
  /** In the form of RFC 9562. */
  readonly systemUuid: string;
  readonly boardSerial: string;
  readonly chassisSerial: string;
}

/** SMBIOS 3.2, the version of most firmware since 2018. */
const VERSION = [3, 2] as const;

/**
 * Builds an SMBIOS table of structures 1, 2, 3 and 127 (DSP0134 7.2-7.4, 7.45) with the eight bytes Windows puts before
 * it, for recorded machines: a captured table holds more numbers of its machine than anybody can scrub.
 */
export function buildSmbiosTable(texts: SmbiosTexts): Buffer {
  const uuid = Buffer.from(texts.systemUuid.replaceAll('-', ''), 'hex');
  const ordered = [uuid.subarray(0, 4), uuid.subarray(4, 6), uuid.subarray(6, 8)].map((part) => part.toReversed());
  const system = structure(
    1,
    [1, 2, 0, 3, ...ordered.flatMap((part) => [...part]), ...uuid.subarray(8), 6, 0, 0],
    [texts.maker, texts.product, texts.systemSerial],
  );
  const board = structure(2, [1, 2, 0, 3, 0, 9, 0, 3, 0, 10, 0], [texts.maker, texts.product, texts.boardSerial]);
  const chassis = structure(3, [1, 3, 0, 2, 0, 3, 3, 3, 2], [texts.maker, texts.chassisSerial]);
  const table = Buffer.concat([system, board, chassis, structure(127, [], [])]);
  const head = Buffer.from([0, ...VERSION, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(table.length, 4);
  return Buffer.concat([head, table]);
}

/** The table as `reg.exe query … /v SMBiosData` prints it. */
export function printSmbiosQuery(table: Buffer): string {
  const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\mssmbios\\Data';
  return `\r\n${key}\r\n    SMBiosData    REG_BINARY    ${table.toString('hex').toUpperCase()}\r\n\r\n`;
}

function structure(type: number, formatted: readonly number[], texts: readonly string[]): Buffer {
  const head = [type, 4 + formatted.length, type, 0];
  const strings = texts.length === 0 ? [0] : texts.flatMap((text) => [...Buffer.from(text), 0]);
  return Buffer.from([...head, ...formatted, ...strings, 0]);
}

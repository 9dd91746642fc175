/** FMTID_SummaryInformation of [MS-OLEPS] as it lies in the file. */
const SUMMARY_FORMAT = Buffer.from('e0859ff2f94f6810ab9108002b27b3d9', 'hex');
/** PIDSI_CREATE_DTM and PIDSI_LASTSAVE_DTM. */
const TIME_PROPERTIES = [12, 13];
/** VT_FILETIME. */
const FILE_TIME_TYPE = 0x40;
/** Seconds from 1601, where a FILETIME begins, to 1970. */
const EPOCH_OFFSET_SECONDS = 11_644_473_600n;

/**
 * Sets when an installer says it was made and saved ([MS-OLEPS], property set stream): wixl writes the time of the
 * build, the only bytes in which two builds of one source differ.
 *
 * @returns a copy
 * @throws {Error} when the file holds no summary, or holds it in pieces
 */
export function withSummaryTimes(file: Buffer, stampSeconds: number): Buffer {
  const formatAt = file.indexOf(SUMMARY_FORMAT);
  // The header of the stream takes 28 bytes before the format, and the offset of the property set follows it.
  const setAt = formatAt < 28 ? -1 : formatAt - 28 + file.readUInt32LE(formatAt + 16);
  const places = setAt < 0 ? [] : timePlaces(file, setAt);
  if (places.length !== TIME_PROPERTIES.length) throw new Error('Cannot date the installer as it has no usual summary');
  const copy = Buffer.from(file);
  const fileTime = (BigInt(Math.floor(stampSeconds)) + EPOCH_OFFSET_SECONDS) * 10_000_000n;
  for (const place of places) copy.writeBigUInt64LE(fileTime, place);
  return copy;
}

function timePlaces(file: Buffer, setAt: number): number[] {
  const count = file.readUInt32LE(setAt + 4);
  return Array.from({ length: count }, (_, index) => setAt + 8 + index * 8)
    .filter((at) => TIME_PROPERTIES.includes(file.readUInt32LE(at)))
    .map((at) => setAt + file.readUInt32LE(at + 4))
    .filter((at) => file.readUInt32LE(at) === FILE_TIME_TYPE)
    .map((at) => at + 4);
}

/** Bytes from the start that are looked at to tell UTF-16 without a mark. */
const SAMPLE_BYTES = 512;

/**
 * Turns what a command printed into text: UTF-8, or UTF-16 with a byte-order mark or without one where nothing else
 * fits (`wmic`, exports of the registry). Bytes that are no text become U+FFFD; the mark itself is left out.
 */
export function decodeOutput(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes.subarray(2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(swapped(bytes.subarray(2)));
  if (isUtf16(bytes)) return decodeUtf16(bytes);
  return new TextDecoder().decode(bytes);
}

/** Latin text in UTF-16LE has a zero in almost every second byte and none in between; UTF-8 text has none at all. */
function isUtf16(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, Math.min(SAMPLE_BYTES, bytes.length & ~1));
  if (sample.length < 4) return false;
  const zerosAt = (first: number) => sample.filter((byte, index) => index % 2 === first && byte === 0).length;
  return zerosAt(0) === 0 && zerosAt(1) * 2 >= sample.length * 0.7;
}

function decodeUtf16(bytes: Buffer): string {
  // toWellFormed() makes U+FFFD of half a surrogate pair; half a unit at the end was cut off.
  return bytes
    .subarray(0, bytes.length & ~1)
    .toString('utf16le')
    .toWellFormed();
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
}

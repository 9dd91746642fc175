import { isUtf8 } from 'node:buffer';
import { FileRefusal } from './file-refusal.ts';
import { LEGACY_ENCODINGS } from './legacy-encodings.ts';
import { syllableShare } from './vietnamese-syllable.ts';

/** Encodings that are read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How much of a file is looked at to tell its encoding from its letters, in bytes. */
const SAMPLE_BYTES = 256 * 1_024;

/** Fewest words that allow to tell broken letters apart from foreign names. */
const LEAST_WORDS = 3;

/** Share of Vietnamese syllables from which on a text is taken for Vietnamese, and below which it is not. */
const VIETNAMESE_RATIO = 0.7;

/**
 * Tells how a text file is written: by its byte order mark, else by being UTF-8.
 *
 * Everything else is refused by name. The name is a guess: the bytes are read by each of the old encodings, and the one
 * under which most words are Vietnamese syllables is what the file looks like.
 *
 * @throws {FileRefusal}
 */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    throw new FileRefusal('encoding-legacy', { encoding: 'UTF-32' });
  }
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  refuseNul(bytes);
  const brokenAt = firstNotUtf8(bytes);
  if (brokenAt !== undefined) throw refusalOfBytes(bytes, brokenAt);
  refuseMixedUp(bytes);
  return 'utf-8';
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function refuseNul(bytes: Uint8Array): void {
  const at = bytes.indexOf(0);
  if (at < 0) return;
  // ASCII characters of UTF-16, delimiters and line ends among them, have NUL as their other byte.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const nulCount = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nulCount >= sample.length / 5) throw new FileRefusal('utf16-without-mark');
  throw new FileRefusal('nul-byte', { line: lineAt(bytes, at) });
}

/** Place of the first line that is not UTF-8; undefined when all are. */
function firstNotUtf8(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let from = 0;
  while (from < bytes.length) {
    const newline = bytes.indexOf(0x0a, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(from, end))) return from;
    from = end;
  }
  return undefined;
}

function refusalOfBytes(bytes: Uint8Array, brokenAt: number): FileRefusal {
  const from = Math.max(0, brokenAt - SAMPLE_BYTES / 2);
  const encoding = looksLike(Buffer.from(bytes.subarray(from, from + SAMPLE_BYTES)).toString('latin1'));
  if (encoding !== undefined) return new FileRefusal('encoding-legacy', { encoding });
  return new FileRefusal('encoding-unknown', { line: lineAt(bytes, brokenAt) });
}

/** Letters of an old encoding, or of UTF-8 itself, that a program took for Latin ones and saved as UTF-8. */
function refuseMixedUp(bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES));
  const { syllableCount, wordCount } = syllableShare(text);
  if (wordCount < LEAST_WORDS || syllableCount / wordCount >= VIETNAMESE_RATIO) return;
  const encoding = looksLike(asBytes(text)) ?? (looksTwiceEncoded(text) ? 'UTF-8' : undefined);
  if (encoding !== undefined) throw new FileRefusal('encoding-mixed-up', { encoding });
}

function looksLike(bytesAsText: string): string | undefined {
  const candidates = LEGACY_ENCODINGS.map(({ name, decode }) => {
    const { syllableCount, wordCount } = syllableShare(decode(bytesAsText));
    return { name, syllableCount, ratio: wordCount === 0 ? 0 : syllableCount / wordCount };
  });
  const best = candidates.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return best.syllableCount >= LEAST_WORDS && best.ratio >= VIETNAMESE_RATIO ? best.name : undefined;
}

function looksTwiceEncoded(text: string): boolean {
  const once = Buffer.from(asBytes(text), 'latin1').toString('utf8');
  const { syllableCount, wordCount } = syllableShare(once);
  return syllableCount >= LEAST_WORDS && syllableCount / wordCount >= VIETNAMESE_RATIO;
}

/** The characters of a text as the bytes of Windows-1252 they were taken from. */
function asBytes(text: string): string {
  return text.replace(/[\u0100-\uffff]/g, (letter) => WINDOWS_1252.get(letter) ?? letter);
}

/** Bytes 0x80 to 0x9f of Windows-1252 by their character. */
const WINDOWS_1252: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 0x20 }, (_, index) => 0x80 + index).map((byte) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
    String.fromCharCode(byte),
  ]),
);

function lineAt(bytes: Uint8Array, at: number): number {
  return bytes.subarray(0, at).reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
}

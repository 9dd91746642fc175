import type { ByteRange } from '../../downloads/package-shelf.ts';

/** What a `Range` header asks of a file: a part, the whole, or a part that is not there. */
export type RangeRequest = ByteRange | 'whole' | 'unsatisfiable';

/**
 * Reads a `Range` header (RFC 9110 section 14.2). Several ranges, other units and text that does not parse mean the
 * whole file, as the standard allows.
 *
 * @param bytes length of the file
 */
export function parseRange(header: string | undefined, bytes: number): RangeRequest {
  const [, first = '', last = ''] = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const count = Math.min(Number(last), bytes);
    return count === 0 ? 'unsatisfiable' : { first: bytes - count, last: bytes - 1 };
  }
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  if (Number(first) >= bytes) return 'unsatisfiable';
  return { first: Number(first), last: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}

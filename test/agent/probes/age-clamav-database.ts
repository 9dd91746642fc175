import { gunzipSync, gzipSync } from 'node:zlib';

const HEADER_BYTES = 512;

/**
 * Gives an unsigned ClamAV database, as `sigtool --build=daily.cud --unsigned` makes it, another date.
 *
 * clamd compares the head of the file with the copy in the `.info` file of the archive behind it, so both change;
 * the texts keep their lengths, as an archive counts bytes.
 *
 * @throws {RangeError} when the bytes are no such database
 */
export function ageClamavDatabase(bytes: Buffer, builtAtMs: number): Buffer {
  const head = bytes.subarray(0, HEADER_BYTES).toString('latin1');
  const [magic, buildTime, , , , , , , seconds] = head.trimEnd().split(':');
  if (magic !== 'ClamAV-VDB' || buildTime === undefined || seconds === undefined) {
    throw new RangeError('Cannot age the database: it has no head of nine fields');
  }
  const [, day, month, year, hour, minute] = /^\w+, (\d+) (\w+) (\d+) (\d+):(\d+)/.exec(utcText(builtAtMs)) ?? [];
  const newBuildTime = `${day} ${month} ${year} ${hour}-${minute} +0000`;
  const age = (text: string) =>
    text.replaceAll(buildTime, newBuildTime).replaceAll(seconds, String(Math.floor(builtAtMs / 1_000)));
  const archive = gunzipSync(bytes.subarray(HEADER_BYTES)).toString('latin1');
  return Buffer.concat([Buffer.from(age(head), 'latin1'), gzipSync(Buffer.from(age(archive), 'latin1'))]);
}

function utcText(instantMs: number): string {
  return new Date(instantMs).toUTCString();
}

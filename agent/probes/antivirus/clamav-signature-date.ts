import type { Host } from '../../host/host.ts';
import { CLAMAV_HEADER_BYTES, type ClamavHeader, parseClamavHeader } from './parse-clamav-header.ts';
import type { ClamdVersion } from './parse-clamd-version.ts';

/** Largest distance of a time zone from UTC, in milliseconds. */
const MAX_ZONE_OFFSET_MS = 14 * 3_600_000;

/** Every time zone in use is a whole number of these away from UTC, in milliseconds. */
const ZONE_STEP_MS = 15 * 60_000;

/** Signatures that a site writes itself, without a head: their date is that of the file. */
const PLAIN_DATABASE = /\.(?:hdb|hsb|hdu|hsu|mdb|msb|mdu|msu|ndb|ndu|ldb|ldu|idb|yar|yara)$/;

interface DatabaseFile extends ClamavHeader {
  readonly name: string;
}

/**
 * Finds out when the signatures that protect were built, epoch milliseconds.
 *
 * What the running engine has loaded counts, not what lies on the disk: clamd is asked first. Its answer lacks the
 * time zone, so it is matched with the head of the daily file, which is exact; without a match (a newer file that is
 * not loaded yet) it is the earliest instant the clock time can mean, because a database must not look younger than
 * it is. Without a daily database, loaded or on the disk, the newest other database counts, and without any the
 * newest change of signatures that the site writes itself.
 *
 * @returns undefined when there are no signatures
 */
export async function readSignatureDate(
  host: Host,
  folder: string,
  loaded: ClamdVersion | undefined,
): Promise<number | undefined> {
  const names = (await host.listDir(folder)) ?? [];
  const databases = await readHeaders(host, folder, names);
  const localMs = loaded?.databaseLocalMs;
  if (localMs !== undefined) {
    const exact = databases.find(
      ({ version, builtAtMs }) => version === loaded?.databaseVersion && isSame(builtAtMs, localMs),
    );
    return exact?.builtAtMs ?? localMs - MAX_ZONE_OFFSET_MS;
  }
  return (
    newest(databases.filter(({ name }) => name.startsWith('daily.'))) ??
    newest(databases) ??
    newestPlain(host, folder, names)
  );
}

async function readHeaders(host: Host, folder: string, names: readonly string[]): Promise<readonly DatabaseFile[]> {
  // The byte code and the list of unsafe pages have dates of their own and are no malware signatures.
  const candidates = names.filter(
    (name) => /\.(?:cvd|cld|cud)$/.test(name) && !/^(?:bytecode|safebrowsing)\./.test(name),
  );
  const headers = candidates.slice(0, 32).map(async (name) => {
    const text = await host.readText(`${folder}/${name}`, { prefixBytes: CLAMAV_HEADER_BYTES });
    const header = parseClamavHeader(text ?? '');
    return header === undefined ? [] : [{ name, ...header }];
  });
  return (await Promise.all(headers)).flat();
}

/** Tells whether a clock time without a zone can mean an instant. */
function isSame(instantMs: number, localMs: number): boolean {
  const distanceMs = Math.abs(localMs - instantMs);
  return distanceMs <= MAX_ZONE_OFFSET_MS && distanceMs % ZONE_STEP_MS === 0;
}

function newest(databases: readonly DatabaseFile[]): number | undefined {
  return databases.map(({ builtAtMs }) => builtAtMs).toSorted((left, right) => right - left)[0];
}

async function newestPlain(host: Host, folder: string, names: readonly string[]): Promise<number | undefined> {
  const plain = names.filter((name) => PLAIN_DATABASE.test(name)).slice(0, 64);
  const statuses = await Promise.all(plain.map((name) => host.stat(`${folder}/${name}`)));
  return statuses
    .flatMap((status) => (status?.kind === 'file' ? [status.modifiedAtMs] : []))
    .toSorted((left, right) => right - left)[0];
}

import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';

/**
 * Names what went wrong with the database, by SQLite's result code (sqlite.org/rescode.html).
 *
 * A fault of our own statements is handed back as it is, since nobody can heal it by looking at the disk.
 */
export function namedStoreError(error: unknown, file: string): unknown {
  const code = systemCodeOf(error) ?? '';
  if (code === 'SQLITE_FULL') {
    return new TramdoError('DISK_FULL', `Cannot write "${file}" as the disk is full`, { cause: error });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new TramdoError('DATA_CORRUPT', `Cannot read the database "${file}" as it is damaged or no database`, {
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot write the database "${file}": ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (/^SQLITE_(BUSY|LOCKED|IOERR|PROTOCOL)/.test(code)) {
    return new TramdoError('STORE_UNAVAILABLE', `Cannot use the database "${file}" now: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return error;
}

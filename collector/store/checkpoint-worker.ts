import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/** How often the log is moved into the database, in milliseconds. */
const INTERVAL_MS = 1_000;

const { file }: { readonly file: string } = workerData;
const database = new Sqlite(file, { timeout: 0 });
database.pragma('wal_autocheckpoint = 0');

const timer = setInterval(() => {
  try {
    database.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // A full or busy disk: the log stays, nothing is lost, and the next round tries again.
  }
}, INTERVAL_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
});

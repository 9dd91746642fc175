import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#collector/store/open-store.ts';

/** Instant of every backup in tests: 02:00 on 30 July 2026 in Asia/Ho_Chi_Minh. */
export const BACKUP_AT_MS = Date.parse('2026-07-29T19:00:00Z');

/** A data folder with a database, and a place for backups beside it. */
export interface DataToBackUp {
  readonly root: string;
  readonly dataFolder: string;
  readonly database: string;
  /** Path beside the data folder. */
  besideData(name: string): string;
}

/** Makes a data folder with one agency, keys, certificates, a release, and things that no backup holds. */
export async function dataToBackUp(): Promise<DataToBackUp> {
  const root = mkdtempSync(join(tmpdir(), 'tramdo-backup-'));
  const dataFolder = join(root, 'data');
  for (const folder of ['', 'tls', 'releases/0.2.0', 'releases/.draft', 'packages']) {
    mkdirSync(join(dataFolder, folder), { recursive: true, mode: 0o700 });
  }
  const files: Readonly<Record<string, string>> = {
    'collector-key.json': 'signing key',
    'metrics-token': 'token of scrapers',
    'people-key': 'key of second factors',
    'tls/certificate.pem': 'certificate',
    'tls/key.pem': 'key of the certificate',
    'releases/0.2.0/release.jws': 'signed release',
    'releases/.draft/release.jws': 'half a release',
    'packages/agent.deb': 'installer',
    'note.txt': 'of a person',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dataFolder, name), content, { mode: 0o600 });
  chmodSync(join(dataFolder, 'releases/0.2.0/release.jws'), 0o644);
  const database = join(dataFolder, 'tramdo.sqlite');
  const store = await openStore(database);
  await store.agencies.add({ code: 'Y00.01', nameVi: 'Đơn vị 1', level: 'unit' });
  await store.close();
  return { root, dataFolder, database, besideData: (name) => join(root, name) };
}

import type { Host } from '../../host/host.ts';
import { parseKeyfile } from './parse-keyfile.ts';

/** What an administrator settled with dconf(7): values by key, without those that users may change. */
export type LockedSettings = ReadonlyMap<string, string>;

/**
 * Reads the system databases of the profile `user` (dconf(7)) from the key files they are compiled of.
 *
 * Without that profile no system database is in force, and one that was never compiled (`dconf update`) is not
 * either. The first database of the profile wins, in one database the last key file. Only locked keys come out: any
 * other value is a mere default, and what a user chose over it is the user's own file.
 */
export async function readLockedSettings(host: Host): Promise<LockedSettings> {
  const profile = (await host.readText('/etc/dconf/profile/user')) ?? '';
  const names = profile.split(/\r?\n/).flatMap((line) => /^\s*system-db:([\w.-]+)\s*$/.exec(line)?.[1] ?? []);
  const values = new Map<string, string>();
  const locks = new Set<string>();
  for (const name of names) {
    if ((await host.stat(`/etc/dconf/db/${name}`)) === undefined) continue;
    const folder = `/etc/dconf/db/${name}.d`;
    for (const [key, value] of await readKeyfiles(host, folder)) if (!values.has(key)) values.set(key, value);
    for (const key of await readLocks(host, `${folder}/locks`)) locks.add(key);
  }
  return new Map([...values].filter(([key]) => locks.has(key)));
}

async function readKeyfiles(host: Host, folder: string): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const name of (await host.listDir(folder)) ?? []) {
    if (name === 'locks' || name.startsWith('.')) continue;
    for (const [key, value] of parseKeyfile((await host.readText(`${folder}/${name}`)) ?? '')) values.set(key, value);
  }
  return values;
}

async function readLocks(host: Host, folder: string): Promise<readonly string[]> {
  const names = (await host.listDir(folder)) ?? [];
  const texts = await Promise.all(names.map((name) => host.readText(`${folder}/${name}`)));
  return texts.flatMap((text) => (text ?? '').split(/\r?\n/).map((line) => line.trim().replace(/^\//, '')));
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the data folder. */
export interface KeptFile {
  /** Path in the data folder, with slashes. */
  readonly name: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content: Buffer;
}

/**
 * Files and folders of the data folder that a restored collector needs, so that agents, scrapers and people go on
 * trusting it: its signing key, certificates with their keys, the token of scrapers, the key that second factors are
 * encrypted with, and signed releases of the agent.
 */
export const KEPT_NAMES = [
  'collector-key.json',
  'metrics-token',
  'people-key',
  'releases',
  'tls',
  'tls-next',
  'tls-previous',
] as const;

/** What else the data folder may hold, and why a backup goes without it; the database is copied by itself. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  packages: 'installers are large and are made anew by `npm run package`',
  agent: 'state of the agent that `npm start` shows',
};

/** Reads every kept file that is there, sorted by name; drafts, whose names begin with a dot, are left out. */
export function readKeptFiles(dataFolder: string): readonly KeptFile[] {
  return KEPT_NAMES.flatMap((name) => filesBelow(dataFolder, name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Tells whether a name of a backup is one that {@link readKeptFiles} gives: never outside the data folder. */
export function isKeptName(name: string): boolean {
  const [first = '', ...rest] = name.split('/');
  return KEPT_NAMES.some((kept) => kept === first) && rest.every((part) => /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(part));
}

function filesBelow(dataFolder: string, name: string): KeptFile[] {
  const path = join(dataFolder, name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return [{ name, mode: found.mode & 0o777, content: readFileSync(path) }];
  if (found?.isDirectory() !== true) return [];
  return readdirSync(path)
    .map((entry) => `${name}/${entry}`)
    .filter(isKeptName)
    .flatMap((entry) => filesBelow(dataFolder, entry));
}

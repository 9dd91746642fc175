import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from './collector-process.ts';
import { bundleOf } from './installed-agent.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A release key as `npm run release-key` makes it. */
export interface ReleaseKey {
  readonly privateFile: string;
  readonly publicFile: string;
  /** Content of the public file. */
  readonly publicText: string;
}

/** Makes a release key. */
export function makeReleaseKey(): ReleaseKey {
  const privateFile = join(freshFolder('key'), 'release-key');
  execFileSync(process.execPath, [join(ROOT, 'agent/signing/make-release-key.ts'), privateFile], { stdio: 'pipe' });
  const publicFile = `${privateFile}.public.json`;
  return { privateFile, publicFile, publicText: readFileSync(publicFile, 'utf8') };
}

/**
 * Makes a signed release.
 *
 * @param spoil changes the text of a file before it is signed
 * @returns its folder
 */
export function signRelease(
  key: ReleaseKey,
  version: string,
  spoil: (name: string, text: string) => string = (_name, text) => text,
): string {
  const dist = join(freshFolder('spoilt'), 'dist');
  cpSync(bundleOf(version), dist, { recursive: true });
  for (const name of ['agent.mjs', 'agent-report.mjs']) {
    const path = join(dist, name);
    writeFileSync(path, spoil(name, readFileSync(path, 'utf8')));
  }
  const out = freshFolder('release');
  const argv = ['--key', key.privateFile, '--dist', dist, '--out', out];
  execFileSync(process.execPath, [join(ROOT, 'agent/signing/sign-release.ts'), ...argv], { stdio: 'pipe' });
  return join(out, `agent-release-${version}`);
}

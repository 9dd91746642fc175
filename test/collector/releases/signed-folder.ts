import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signRelease } from '#shared/release.ts';
import type { PrivateJwk } from '#shared/signature.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

/** A folder as `npm run sign-release` makes it, with two small files. */
export async function signedFolder(version: string, key: PrivateJwk): Promise<string> {
  const folder = join(temporaryFolder(), `agent-release-${version}`);
  mkdirSync(folder);
  const contents = [
    ['agent-report.mjs', Buffer.from(`export const reports = '${version}';\n`)],
    ['agent.mjs', Buffer.from(`export const stays = '${version}';\n`)],
  ] as const;
  for (const [name, content] of contents) writeFileSync(join(folder, name), content);
  const files = contents.map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: hash('sha256', content, 'base64url'),
  }));
  const manifest = { format: 1, version, minimumNode: '22.0.0', builtAt: '2026-11-22T00:00:00Z', files } as const;
  writeFileSync(join(folder, 'release.jws'), await signRelease(manifest, key));
  return folder;
}

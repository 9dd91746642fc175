import { hash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { releaseManifest, signRelease } from '#shared/release.ts';
import { privateJwk } from '#shared/signature.ts';

/** Files of a bundle that an update replaces; the launcher stays as the package brought it. */
const FILES = ['agent-report.mjs', 'agent.mjs'];

/** Oldest Node that the bundle is made for. */
const MINIMUM_NODE = '22.0.0';

const { values } = parseArgs({
  options: {
    key: { type: 'string' },
    dist: { type: 'string' },
    out: { type: 'string' },
    'built-at': { type: 'string' },
  },
});
if (values.key === undefined) {
  throw new Error('Use: npm run sign-release -- --key FILE, with the private file that "npm run release-key" made');
}
const dist = values.dist ?? join(import.meta.dirname, '../dist');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(dist, 'meta.json'), 'utf8')));
const key = privateJwk.parse(JSON.parse(readFileSync(values.key, 'utf8')));
const manifest = releaseManifest.parse({
  format: 1,
  version,
  minimumNode: MINIMUM_NODE,
  builtAt: values['built-at'] ?? new Date().toISOString(),
  files: FILES.map((name) => {
    const content = readFileSync(join(dist, name));
    return { name, sha256: hash('sha256', content, 'base64url'), bytes: content.length };
  }),
});
const folder = join(values.out ?? 'dist', `agent-release-${version}`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const name of FILES) copyFileSync(join(dist, name), join(folder, name));
writeFileSync(join(folder, 'release.jws'), await signRelease(manifest, key));
console.log(`Release ${version} is signed in ${folder}: take it to the collector and run "release add ${folder}"`);

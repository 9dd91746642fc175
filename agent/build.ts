import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const FOLDER = join(import.meta.dirname, 'dist');

/**
 * Bundles the agent into one file for Node 22 and newer, and writes the list of what went into it.
 *
 * Modules behind a dynamic import are part of the file but run only when they are called for: that keeps the
 * resident process small.
 */
async function bundleAgent(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: join(FOLDER, 'agent.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // Packages in CommonJS call require(), which an ES module does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  writeFileSync(join(FOLDER, 'meta.json'), JSON.stringify(metafile));
}

await bundleAgent();

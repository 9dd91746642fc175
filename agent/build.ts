import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const FOLDER = join(import.meta.dirname, 'dist');

/** The part of the bundle that only the short-lived report process loads. */
const REPORT_PART = './agent-report.mjs';

/**
 * Turns every import of a module of Node into a `require` at the place where the importing module starts to run.
 *
 * esbuild would hoist them all to the head of the file, and the resident process would carry modules that it needs
 * only when a target of the plan asks for them, TLS above all.
 */
const lazyNodeModules: Plugin = {
  name: 'lazy-node-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace === 'node-module' ? { path, external: true } : { path, namespace: 'node-module' },
    );
    onLoad({ filter: /.*/, namespace: 'node-module' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/** Leaves the report part out of the resident file: V8 would parse it, and keep the memory, without ever running it. */
const reportPartApart: Plugin = {
  name: 'report-part-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/report-part\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: REPORT_PART, external: true } : undefined,
    );
  },
};

async function bundleFile(source: string, file: string): Promise<object> {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, source)],
    outfile: join(FOLDER, file),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [lazyNodeModules, reportPartApart],
    // The plugin above leaves require() behind, which an ES module does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return metafile.inputs;
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const resident = await bundleFile('main.ts', 'agent.mjs');
const reporting = await bundleFile('commands/report-part.ts', REPORT_PART);
// What went into the files, for the convention test that lists the packages of the bundle.
writeFileSync(join(FOLDER, 'meta.json'), JSON.stringify({ inputs: { ...resident, ...reporting } }));

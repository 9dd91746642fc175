import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { AGENT_VERSION } from './version.ts';

const { values: given } = parseArgs({ options: { out: { type: 'string' }, 'agent-version': { type: 'string' } } });

/** `agent/dist`, or the folder of `--out`; it is emptied. */
const FOLDER = given.out ?? join(import.meta.dirname, 'dist');

/** The part of the bundle that only the short-lived report process loads. */
const REPORT_PART = './agent-report.mjs';

/**
 * Turns every import of a module of Node into a `require` at the place where the importing module starts to run, and
 * takes of it only what is used.
 *
 * esbuild would hoist them all to the head of the file, and the resident process would carry modules that it needs
 * only when a target of the plan asks for them, TLS above all. An import of its own would name everything a module
 * has: 1.3 MB for `node:fs` alone (measured).
 */
const lazyNodeModules: Plugin = {
  name: 'lazy-node-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace === 'node-module' ? { path, external: true } : { path, namespace: 'node-module' },
    );
    onLoad({ filter: /.*/, namespace: 'node-module' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {});
      const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`);
      return { contents: [`const all = require(${JSON.stringify(path)});`, ...lines].join('\n') };
    });
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

/** Gives the bundle the version of `--agent-version`, so that an update can be tried without changing the source. */
const givenVersion: Plugin = {
  name: 'given-version',
  setup({ onLoad }) {
    const version = given['agent-version'];
    if (version === undefined) return;
    onLoad({ filter: /\/agent\/version\.ts$/ }, () => ({
      contents: `export const AGENT_VERSION = ${JSON.stringify(version)};`,
    }));
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
    plugins: [lazyNodeModules, reportPartApart, givenVersion],
    // The plugin above leaves require() behind, which an ES module does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return metafile.inputs;
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const launcher = await bundleFile('launch.ts', 'tramdo-agent.mjs');
const resident = await bundleFile('main.ts', 'agent.mjs');
const reporting = await bundleFile('commands/report-part.ts', REPORT_PART);
const version = given['agent-version'] ?? AGENT_VERSION;
// What went into the files, for the convention test that lists the packages of the bundle and for whoever signs it.
writeFileSync(
  join(FOLDER, 'meta.json'),
  JSON.stringify({ version, inputs: { ...launcher, ...resident, ...reporting } }),
);

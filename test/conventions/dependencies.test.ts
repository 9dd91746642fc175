import { describe, it } from 'vitest';
import { z } from 'zod';
import { expectNone } from './expect-none.ts';
import { importsOf, packageOf } from './imports.ts';
import { readTreeFile, sourceFiles } from './source-files.ts';

const names = z.record(z.string(), z.string()).transform((versions) => Object.keys(versions));
const packageFile = z.object({ dependencies: names, devDependencies: names });
const { dependencies, devDependencies } = packageFile.parse(JSON.parse(readTreeFile('package.json')));

/** Files in shipped rooms that do not ship themselves and may use what only developers have. */
const TOOLS = ['agent/build.ts', 'dashboards/build.ts'];

/** Packages that are used without an import line. */
const UNIMPORTED: Readonly<Record<string, string>> = {};

const FILES = sourceFiles().map((file) => ({ file, imports: importsOf(file) }));
const SHIPPED = FILES.filter(({ file }) => file.room !== 'test' && !TOOLS.includes(file.path));
const usedWhenShipped = new Set(SHIPPED.flatMap(({ imports }) => imports.map(({ specifier }) => packageOf(specifier))));

describe('packages', () => {
  it('are declared where they are imported', () => {
    const breaches = FILES.flatMap(({ file, imports }) => {
      const isShipped = SHIPPED.some((shipped) => shipped.file.path === file.path);
      const declared = new Set(isShipped ? dependencies : [...dependencies, ...devDependencies]);
      return imports
        .map(({ specifier, place }) => ({ name: packageOf(specifier), place }))
        .filter(({ name }) => name !== undefined && !declared.has(name))
        .map(({ name, place }) => `${place} imports ${name}`);
    });
    expectNone(breaches, {
      reason: 'a package that came along with another one disappears with it',
      fix: 'npm install it: with --save-dev for test/ and tools, without for what ships',
    });
  });

  it('are imported when what ships depends on them', () => {
    const unused = dependencies.filter((name) => !usedWhenShipped.has(name) && UNIMPORTED[name] === undefined);
    expectNone(unused, {
      reason: 'every dependency is installed and trusted on every collector',
      fix: 'npm uninstall it, or move it to devDependencies',
    });
  });
});

import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';
import { nameOf, placeOf, walkSyntax } from './source-files.ts';

/** One specifier of a file: static, dynamic, re-export or type import. */
export interface ImportedSpecifier {
  /** `path:line` of the specifier. */
  readonly place: string;
  readonly specifier: string;
  /** Path from the root when the specifier is relative or an alias between rooms; absent for packages. */
  readonly target?: string;
}

/** Reads every import specifier of a file. */
export function importsOf(file: SourceFile): ImportedSpecifier[] {
  const imports: ImportedSpecifier[] = [];
  walkSyntax(file.program, (node) => {
    const specifier = nameOf(node['source']);
    if (specifier === undefined) return;
    const target = targetOf(file, specifier);
    imports.push({ place: placeOf(file, node.start), specifier, ...(target === undefined ? {} : { target }) });
  });
  return imports;
}

/** Name of the npm package of a specifier; undefined for files of ours and for Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (/^[.#/]/.test(specifier) || specifier.startsWith('node:')) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}

function targetOf(file: SourceFile, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file.path), specifier));
  return undefined;
}

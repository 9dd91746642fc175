import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ParseResult } from 'rolldown/utils';
import { parseSync } from 'rolldown/utils';

/** The folder that holds the rooms. */
export const ROOT = join(import.meta.dirname, '../..');

/** The rooms, sorted. What ships is in the first four. */
export const ROOMS = ['agent', 'collector', 'dashboards', 'shared', 'test'] as const;

/** Folders that are made and not written. */
const MADE_FOLDERS = new Set(['node_modules', 'dist', 'data', '.git', 'coverage']);

/** One TypeScript file of a room, parsed. */
export interface SourceFile {
  /** Path from the root with forward slashes. */
  readonly path: string;
  /** First part of the path, one of {@link ROOMS}. */
  readonly room: string;
  readonly text: string;
  readonly program: object;
  readonly comments: ParseResult['comments'];
  readonly exports: ParseResult['module']['staticExports'];
}

/** A node of the syntax tree; what else it holds depends on its type (ESTree with TypeScript). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** Lists the files under a folder of the tree, sorted; a folder that is not there holds none. */
export function listFiles(folder: string): string[] {
  const absolute = join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => MADE_FOLDERS.has(part)))
    .toSorted();
}

/** Reads a file of the tree. */
export function readTreeFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every TypeScript file of the given rooms, parsed, sorted by path; fixtures are data and left out. */
export function sourceFiles(rooms: readonly string[] = ROOMS): SourceFile[] {
  return rooms
    .flatMap((room) => listFiles(room))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('test/fixtures/'))
    .map(parseSourceFile);
}

function parseSourceFile(path: string): SourceFile {
  const text = readTreeFile(path);
  const { program, comments, errors, module } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(`Cannot parse "${path}": ${error.message}`);
  return { path, room: path.slice(0, path.indexOf('/')), text, program, comments, exports: module.staticExports };
}

/** Tells whether a value of the syntax tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Visits a tree from the top, parents before children; the visitor is told the parent. */
export function walkSyntax(
  tree: unknown,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  if (Array.isArray(tree)) {
    for (const child of tree) walkSyntax(child, visit, parent);
    return;
  }
  if (!isNode(tree)) return;
  visit(tree, parent);
  for (const [property, child] of Object.entries(tree)) {
    if (property !== 'parent' && typeof child === 'object') walkSyntax(child, visit, tree);
  }
}

/** Every node of the file for which the test answers true, in source order of their parents. */
export function findNodes(
  file: SourceFile,
  matches: (node: SyntaxNode, parent: SyntaxNode | undefined) => boolean,
): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walkSyntax(file.program, (node, parent) => {
    if (matches(node, parent)) found.push(node);
  });
  return found;
}

/** `path:line` of an offset, as editors open it. */
export function placeOf(file: SourceFile, offset: number): string {
  return `${file.path}:${file.text.slice(0, offset).split('\n').length}`;
}

/** Text of an identifier or string literal; undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return typeof node['name'] === 'string' ? node['name'] : undefined;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  return undefined;
}

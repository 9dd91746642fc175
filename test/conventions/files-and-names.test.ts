import { posix } from 'node:path';
import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import type { SourceFile, SyntaxNode } from './source-files.ts';
import { findNodes, isNode, placeOf, sourceFiles } from './source-files.ts';

const MAX_LINES = 300;
const MAX_FUNCTION_LINES = 50;
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** Migrations are numbered; everything else is kebab-case; a test adds `.test`, a tool's configuration `.config`. */
const FILE_NAME = /^(?:\d{4}-)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.test|\.config)?\.ts$/;
/** Files that name what goes into a file of the bundle of its own; nobody imports from them to get at one thing. */
const BUNDLE_ENTRIES = ['agent/commands/report-part.ts'];
const FILES = sourceFiles();

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function callbacksOf(file: SourceFile, called: RegExp): SyntaxNode[] {
  return findNodes(file, (node) => node.type === 'CallExpression')
    .filter(({ callee }) => isNode(callee) && called.test(textOf(file, callee)))
    .flatMap(({ arguments: values }) => (Array.isArray(values) ? values.filter(isFunction) : []));
}

/** The callback of `describe` is a list of tests and not a function with a subject. */
function longFunctions(file: SourceFile): string[] {
  const suites = callbacksOf(file, /^describe\b/);
  const tests = [...suites, ...callbacksOf(file, /^(?:it|test)\b/)];
  return findNodes(file, (node) => isFunction(node) && !suites.includes(node))
    .map((node) => ({ place: placeOf(file, node.start), lines: ownLineCount(file, node, tests) }))
    .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
    .map(({ place, lines }) => `${place} is a function of ${lines} lines`);
}

/** Lines of a function; tests in it, and methods of an object it returns, count for themselves as those of a class do. */
function ownLineCount(file: SourceFile, node: SyntaxNode, tests: readonly SyntaxNode[]): number {
  const { body } = node;
  const last = isNode(body) && Array.isArray(body['body']) ? body['body'].at(-1) : body;
  const returned = isNode(last) && last.type === 'ReturnStatement' ? last['argument'] : last;
  const properties = isNode(returned) && Array.isArray(returned['properties']) ? returned['properties'] : [];
  const methods = properties.filter(isNode).flatMap(({ value }) => (isFunction(value) ? [value] : []));
  const inside = tests.filter(({ start, end }) => start > node.start && end < node.end);
  const outermost = inside.filter((one) => !inside.some(({ start, end }) => start < one.start && end > one.end));
  return [...methods, ...outermost].reduce(
    (lines, part) => lines - lineCount(textOf(file, part)),
    lineCount(textOf(file, node)),
  );
}

function isFunction(node: unknown): node is SyntaxNode {
  return isNode(node) && FUNCTIONS.has(node.type);
}

function textOf(file: SourceFile, { start, end }: SyntaxNode): string {
  return file.text.slice(start, end);
}

describe('files and names', () => {
  it(`keeps files within ${MAX_LINES} lines and functions within ${MAX_FUNCTION_LINES}`, () => {
    const longFiles = FILES.map(({ path, text }) => ({ path, lines: lineCount(text) }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines`);
    expectNone([...longFiles, ...FILES.flatMap(longFunctions)], {
      reason: 'a file or function that does not fit a screen or two has a second subject in it',
      fix: 'find the second subject and give it its own file or function',
    });
  });

  it('names files in kebab-case', () => {
    const breaches = FILES.map(({ path }) => path).filter((path) => !FILE_NAME.test(posix.basename(path)));
    expectNone(breaches, { reason: 'one spelling, so that names can be guessed', fix: 'rename it: run-probe.ts' });
  });

  it('has no default exports', () => {
    const breaches = FILES.filter(({ path }) => !path.endsWith('.config.ts')).flatMap((file) =>
      findNodes(file, (node) => node.type === 'ExportDefaultDeclaration').map(({ start }) => placeOf(file, start)),
    );
    expectNone(breaches, { reason: 'a thing has one name everywhere', fix: 'export it by its name' });
  });

  it('has no barrel files beside the registries', () => {
    const mayReExport = (path: string) => posix.basename(path) === 'index.ts' || BUNDLE_ENTRIES.includes(path);
    const breaches = FILES.filter(({ path }) => !mayReExport(path)).flatMap((file) =>
      file.exports
        .filter(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest !== null))
        .map(({ start }) => placeOf(file, start)),
    );
    expectNone(breaches, { reason: 'a second way to a thing hides who needs it', fix: 'import it from its own file' });
  });
});

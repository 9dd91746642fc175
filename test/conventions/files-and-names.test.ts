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
const FILES = sourceFiles();

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

/** The callback of `describe` is a list of tests and not a function with a subject. */
function longFunctions(file: SourceFile): string[] {
  const suites = findNodes(file, (node) => node.type === 'CallExpression')
    .filter(({ callee }) => isNode(callee) && /^describe\b/.test(textOf(file, callee)))
    .flatMap(({ arguments: values }) => (Array.isArray(values) ? values : []));
  return findNodes(file, (node) => FUNCTIONS.has(node.type) && !suites.includes(node))
    .map((node) => ({ place: placeOf(file, node.start), lines: ownLineCount(file, node) }))
    .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
    .map(({ place, lines }) => `${place} is a function of ${lines} lines`);
}

/** Lines of a function; methods of an object it returns count for themselves, as those of a class do. */
function ownLineCount(file: SourceFile, { start, end, body }: SyntaxNode): number {
  const last = isNode(body) && Array.isArray(body['body']) ? body['body'].at(-1) : body;
  const returned = isNode(last) && last.type === 'ReturnStatement' ? last['argument'] : last;
  const properties =
    isNode(returned) && Array.isArray(returned['properties']) ? returned['properties'].filter(isNode) : [];
  return properties
    .flatMap(({ value }) => (isNode(value) && FUNCTIONS.has(value.type) ? [value] : []))
    .reduce((lines, method) => lines - lineCount(textOf(file, method)), lineCount(file.text.slice(start, end)));
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
    const breaches = FILES.filter(({ path }) => posix.basename(path) !== 'index.ts').flatMap((file) =>
      file.exports
        .filter(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest !== null))
        .map(({ start }) => placeOf(file, start)),
    );
    expectNone(breaches, { reason: 'a second way to a thing hides who needs it', fix: 'import it from its own file' });
  });
});

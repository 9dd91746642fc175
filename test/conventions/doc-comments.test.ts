import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import type { SourceFile, SyntaxNode } from './source-files.ts';
import { findNodes, placeOf, sourceFiles } from './source-files.ts';

const DECLARATION = /^(?:declare |async |abstract )*(?:function|class|interface|type|const|let) +\w+/;

/** Statements that export a symbol of this file: `export const …`, or the declaration that `export { … }` names. */
function exportedDeclarations(file: SourceFile): SyntaxNode[] {
  return findNodes(
    file,
    (node) => node.type === 'ExportNamedDeclaration' && node['source'] === null && node['declaration'] !== null,
  );
}

function hasDocComment(file: SourceFile, { start }: SyntaxNode): boolean {
  return file.comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && file.text.slice(end, start).trim() === '',
  );
}

function nameAt(file: SourceFile, { start }: SyntaxNode): string {
  const text = file.text.slice(start).replace(/^export /, '');
  return DECLARATION.exec(text)?.[0] ?? text.slice(0, 40);
}

/** Overloads of one function share the comment of the first. */
function isOverload(file: SourceFile, node: SyntaxNode): boolean {
  const name = nameAt(file, node);
  const [first] = exportedDeclarations(file).filter((other) => nameAt(file, other) === name);
  return first !== undefined && first.start < node.start && name.includes('function');
}

describe('doc comments', () => {
  it('stand before every exported symbol', () => {
    const breaches = sourceFiles().flatMap((file) =>
      exportedDeclarations(file)
        .filter((node) => !hasDocComment(file, node) && !isOverload(file, node))
        .map((node) => `${placeOf(file, node.start)} ${nameAt(file, node)}`),
    );
    expectNone(breaches, {
      reason: 'a caller must learn unit, source, order, absence and failure without reading the body',
      fix: 'say in `/** … */` what it is and what the signature does not show; never restate the name',
    });
  });

  it('do not hide behind export lists', () => {
    const breaches = sourceFiles().flatMap((file) =>
      findNodes(
        file,
        (node) => node.type === 'ExportNamedDeclaration' && node['source'] === null && node['declaration'] === null,
      ).map(({ start }) => placeOf(file, start)),
    );
    expectNone(breaches, { reason: 'export stands where the symbol is', fix: 'write `export` at the declaration' });
  });
});

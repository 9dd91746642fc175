import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as treeSitter from '@vscode/tree-sitter-wasm';

type Node = treeSitter.Node;

const require = createRequire(import.meta.url);
// Its exports are made at run time, where no import of a name finds them.
const { Language, Parser }: typeof treeSitter = require('@vscode/tree-sitter-wasm');

/**
 * What the PowerShell grammar of tree-sitter cannot read in a script, each as line and text, in the order of the text.
 * It does not know nested types (`[Outer+Inner]`), which PowerShell does.
 */
export async function powershellFaults(script: string): Promise<readonly string[]> {
  await Parser.init();
  const parser = new Parser();
  const grammar = join(dirname(require.resolve('@vscode/tree-sitter-wasm')), 'tree-sitter-powershell.wasm');
  parser.setLanguage(await Language.load(grammar));
  const tree = parser.parse(script);
  if (tree === null) throw new Error('The parser gave nothing');
  return faultsBelow(tree.rootNode).map(
    ({ startPosition, text }) => `line ${startPosition.row + 1}: ${text.slice(0, 80)}`,
  );
}

function faultsBelow(node: Node): readonly Node[] {
  const below = node.children.flatMap((child) => (child === null ? [] : faultsBelow(child)));
  return node.isError || node.isMissing ? [node, ...below] : below;
}

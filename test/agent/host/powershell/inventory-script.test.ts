import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as treeSitter from '@vscode/tree-sitter-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '#agent/host/commands.ts';
import { INVENTORY_SCRIPT, INVENTORY_SECTIONS } from '#agent/host/powershell/inventory-script.ts';
import { INVENTORY_SECTION_IDS } from '#agent/host/powershell/inventory-section.ts';
import { windowsProgram } from '#agent/host/windows-program.ts';

type Node = treeSitter.Node;

const require = createRequire(import.meta.url);
// Its exports are made at run time, where no import of a name finds them.
const { Language, Parser }: typeof treeSitter = require('@vscode/tree-sitter-wasm');

/** Types whose methods constrained language mode allows (about_Language_Modes), as far as the script uses them. */
const CORE_TYPES = ['cultureinfo', 'datetime', 'int', 'regex', 'string', 'string[]'];
/** Methods of texts and dates; anything else may be a method of a type that is not allowed. */
const CORE_METHODS = ['Escape', 'Replace', 'Substring', 'ToCharArray', 'ToString', 'ToUniversalTime'];
const READING_CMDLETS = [
  'ConvertTo-Json',
  'ForEach-Object',
  'Get-ChildItem',
  'Get-CimInstance',
  'Get-Item',
  'Get-ItemProperty',
  'Select-Object',
  'Sort-Object',
  'Test-Path',
  'Where-Object',
];
/** CreateProcess takes 32,767 characters, the closing NUL included. */
const MAX_COMMAND_LINE = 32_766;

let tree: Node;

beforeAll(async () => {
  await Parser.init();
  const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, 'tree-sitter-powershell.wasm')));
  const parsed = parser.parse(INVENTORY_SCRIPT);
  if (parsed === null) throw new Error('The parser gave nothing');
  tree = parsed.rootNode;
});

function nodesOf(node: Node, matches: (one: Node) => boolean): Node[] {
  const below = node.children.flatMap((child) => (child === null ? [] : nodesOf(child, matches)));
  return matches(node) ? [node, ...below] : below;
}

describe('INVENTORY_SCRIPT', () => {
  it('is what the grammar of PowerShell allows', () => {
    const wrong = nodesOf(tree, (node) => node.isError || node.isMissing);
    expect(wrong.map((node) => `line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`)).toEqual([]);
  });

  it('fits a command line', () => {
    const argv = COMMANDS['powershell-inventory'].argv;
    const program = windowsProgram(argv[0], { SystemRoot: 'C:\\Windows' });
    const commandLine = [program, ...argv.slice(1), INVENTORY_SCRIPT].map((part) => `"${part}"`).join(' ');
    expect(commandLine.length).toBeLessThanOrEqual(MAX_COMMAND_LINE);
  });

  it('needs no escaping as an argument: no double quotes, no backslash at its end, ASCII', () => {
    expect(INVENTORY_SCRIPT).toMatch(/^[\n\x20-\x7e]+$/);
    expect(INVENTORY_SCRIPT).not.toMatch(/"|\\$|`|@'/);
  });

  it('runs every section once, in the order of the ids', () => {
    expect(INVENTORY_SECTIONS.map(({ id }) => id)).toEqual([...INVENTORY_SECTION_IDS]);
  });

  it('names no type but those of constrained language mode', () => {
    const types = nodesOf(tree, (node) => node.type === 'type_literal').map((node) => node.text.slice(1, -1));
    expect(types.filter((type) => !CORE_TYPES.includes(type.toLowerCase()))).toEqual([]);
  });

  it('calls no method but those of core types', () => {
    const calls = nodesOf(tree, (node) => node.type === 'invokation_expression');
    const names = calls.map((node) => node.children.find((child) => child?.type === 'member_name')?.text ?? node.text);
    expect([...new Set(names)].filter((name) => !CORE_METHODS.includes(name))).toEqual([]);
  });

  it('runs cmdlets that read, and its own functions, alone', () => {
    const own = nodesOf(tree, (node) => node.type === 'function_name').map(({ text }) => text);
    const called = nodesOf(tree, (node) => node.type === 'command_name').map(({ text }) => text);
    const strangers = called.filter((name) => !own.includes(name) && !READING_CMDLETS.includes(name));
    expect([...new Set(strangers)]).toEqual([]);
  });

  it('makes values of functions alone that give something whatever they find: nothing at all is {} in JSON', () => {
    const called = nodesOf(tree, (node) => node.type === 'hash_entry').flatMap(
      ({ text }) => /^\w+ = ([A-Z]\w+-\w+)\b/.exec(text)?.[1] ?? [],
    );
    expect([...new Set(called)].toSorted()).toEqual([
      'Format-Instant',
      'Get-FailureKind',
      'Read-Autorun',
      'Read-Lock',
      'Read-Profile',
      'Test-Path',
      'Test-Program',
    ]);
    expect(INVENTORY_SCRIPT).toMatch(/function Format-Instant\(\$date\) \{\nif .+\nelse \{ \$null \}\n\}\n/);
    expect(INVENTORY_SCRIPT).toMatch(
      /\$isThere = \$null\ntry \{\nif .+\n\} catch \{ \$isThere = \$null \}\n\$isThere\n\}\n/,
    );
  });

  it('asks for no class that reconfigures software or walks the whole domain', () => {
    expect(INVENTORY_SCRIPT).not.toMatch(/Win32_Product\b|Win32_UserAccount/);
  });
});

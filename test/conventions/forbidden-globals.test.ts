import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { importsOf } from './imports.ts';
import type { SourceFile, SyntaxNode } from './source-files.ts';
import { findNodes, nameOf, placeOf, sourceFiles } from './source-files.ts';

/** What lets the clock, chance, the disk, other programs and the environment in. */
const FORBIDDEN = new Set([
  ...['Date.now', 'new Date()', 'performance.now', 'process.hrtime', 'Math.random'],
  ...['node:fs', 'node:fs/promises', 'node:child_process', 'systeminformation', 'process.env'],
]);

/** The edges of what ships: beginnings of paths, what may be touched there, and why it cannot be handed in. */
const EDGES: readonly { readonly path: string; readonly may: readonly string[]; readonly why: string }[] = [
  { path: 'agent/build.ts', may: ['node:fs'], why: 'makes the bundle; a tool that does not ship' },
  {
    path: 'agent/host/',
    may: [
      ...['Date.now', 'performance.now', 'process.hrtime', 'node:fs', 'node:fs/promises', 'node:child_process'],
      'process.env',
    ],
    why: 'the only door to the machine, and to the files of the agent itself',
  },
  { path: 'agent/log.ts', may: ['new Date()', 'node:fs'], why: 'stamps a line and writes it, as pino does' },
  { path: 'agent/main.ts', may: ['process.env'], why: 'hands in what the rest is given' },
  {
    path: 'agent/packaging/',
    may: ['node:fs', 'node:child_process', 'process.env'],
    why: 'makes the packages; tools that do not ship',
  },
  {
    path: 'agent/signing/',
    may: ['new Date()', 'node:fs'],
    why: 'makes release keys and signs releases; tools that do not ship',
  },
  { path: 'agent/uplink/lock.ts', may: ['node:fs'], why: 'one system call decides who is first' },
  { path: 'agent/uplink/outbox.ts', may: ['node:fs'], why: 'keeps unsent reports' },
  { path: 'collector/catalogues/catalogue-file.ts', may: ['node:fs'], why: 'reads what a customer edits, at start' },
  {
    path: 'collector/commands/become-small.ts',
    may: ['node:child_process', 'process.env'],
    why: 'starts the process that it is anew',
  },
  { path: 'collector/config.ts', may: ['process.env', 'node:fs'], why: 'reads the settings' },
  {
    path: 'collector/downloads/',
    may: ['node:fs', 'node:fs/promises'],
    why: 'hands out installers, which are too large to be held',
  },
  { path: 'collector/exports/write-file.ts', may: ['node:fs'], why: 'writes the file that a command was asked for' },
  { path: 'collector/main.ts', may: ['Date.now', 'performance.now'], why: 'hands in what the rest is given' },
  {
    path: 'collector/register/import/read-import-file.ts',
    may: ['node:fs'],
    why: 'reads the file that a command names, and no more of it than is allowed',
  },
  {
    path: 'collector/relay/',
    may: ['node:fs', 'node:fs/promises'],
    why: 'keeps reports on disk until the collector has them; a relay has no store',
  },
  { path: 'collector/releases/release-shelf.ts', may: ['node:fs'], why: 'keeps signed releases of the agent' },
  {
    path: 'collector/standalone-settings.ts',
    may: ['process.env', 'node:fs'],
    why: 'reads the settings of a beacon or relay',
  },
  { path: 'collector/store/', may: ['node:fs'], why: 'keeps the data folder' },
  { path: 'collector/store/backup/', may: ['node:fs', 'node:child_process'], why: 'copies it in a process of its own' },
];

function nameOfUse(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') return `${nameOf(node['object'])}.${nameOf(node['property'])}`;
  const isEmpty = Array.isArray(node['arguments']) && node['arguments'].length === 0;
  return node.type === 'NewExpression' && isEmpty ? `new ${nameOf(node['callee'])}()` : undefined;
}

function leaksOf(file: SourceFile): { readonly path: string; readonly what: string; readonly place: string }[] {
  const uses = findNodes(file, (node) => nameOfUse(node) !== undefined).map((node) => ({
    what: nameOfUse(node) ?? '',
    place: placeOf(file, node.start),
  }));
  return [...importsOf(file).map(({ specifier: what, place }) => ({ what, place })), ...uses]
    .filter(({ what }) => FORBIDDEN.has(what))
    .map((leak) => ({ ...leak, path: file.path }));
}

const LEAKS = sourceFiles(['agent', 'collector', 'dashboards', 'shared']).flatMap(leaksOf);

describe('time, chance and the machine', () => {
  it('come in by argument everywhere but at the edges', () => {
    const breaches = LEAKS.filter(
      (leak) => !EDGES.some(({ path, may }) => leak.path.startsWith(path) && may.includes(leak.what)),
    );
    expectNone(
      breaches.map(({ place, what }) => `${place} uses ${what}`),
      {
        reason: 'what reads the clock, the disk or the environment by itself cannot be tested or replayed',
        fix: 'take nowMs, a Host, a Store or the settings as an argument; a new edge needs a row with its reason in EDGES',
      },
    );
  });

  it('are granted to no edge that does without', () => {
    const unused = EDGES.flatMap(({ path, may }) =>
      may
        .filter((what) => !LEAKS.some((leak) => leak.path.startsWith(path) && leak.what === what))
        .map((what) => `${path} does not use ${what}`),
    );
    expectNone(unused, { reason: 'a dead right lets the next file through unseen', fix: 'remove it from EDGES' });
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseInventory } from '#agent/host/powershell/parse-inventory.ts';
import type { Platform } from '#shared/enrolment.ts';
import type { Recording } from './record-host.ts';
import { scrubSmbios } from './scrub-smbios.ts';
import type { Scrub } from './scrub-text.ts';
import { scrubKernelTable } from './scrub-text.ts';
import { inventoryFiles } from './write-inventory.ts';

/** What a recording says of itself. */
export interface RecordingHead {
  readonly platform: Platform;
  /** Instant the machine believed in, epoch milliseconds. */
  readonly recordedAtMs: number;
  /** Which machine, in words that do not tell whose. */
  readonly source: string;
}

/** Writes a recording, scrubbed, in the form that test/agent/recorded-host.ts opens. */
export function writeRecording(folder: string, head: RecordingHead, recording: Recording, scrub: Scrub): void {
  const links = new Map(
    [...recording.statuses].flatMap(([path, { linkTarget }]) => (linkTarget === undefined ? [] : [[path, linkTarget]])),
  );
  const inRoot = (path: string) => join(folder, 'root', scrub(resolveLinks(path, links)));
  const answered = [...recording.texts.keys(), ...recording.folders.keys()].map((path) => resolveLinks(path, links));
  for (const [path, names] of recording.folders) {
    mkdirSync(inRoot(path), { recursive: true });
    if (names.length === 0) writeText(join(inRoot(path), '.gitkeep'), '');
    for (const name of names) {
      const child = `${path === '/' ? '' : path}/${name}`;
      const isParent = answered.some((other) => other.startsWith(`${resolveLinks(child, links)}/`));
      if (!isParent && !links.has(child) && !recording.folders.has(child)) writeText(inRoot(child), '');
    }
  }
  for (const [path, { kind }] of recording.statuses) {
    const isParent = answered.some((other) => other.startsWith(`${path}/`));
    if (kind === 'directory') writeText(join(inRoot(path), '.gitkeep'), '');
    else if (kind === 'file' && !isParent && !recording.texts.has(path)) writeText(inRoot(path), '');
  }
  for (const [path, text] of recording.texts) {
    writeText(inRoot(path), scrubFile(path, text, scrub));
  }
  writeCommands(join(folder, 'commands'), recording, scrub);
  writeText(join(folder, 'host.json'), scrub(`${JSON.stringify(hostFile(head, recording, links), undefined, 2)}\n`));
}

function writeCommands(folder: string, { commands }: Recording, scrub: Scrub): void {
  for (const [command, { stdout, stderr, exitCode }] of commands) {
    const file = join(folder, command);
    const sections = command === 'powershell-inventory' ? inventoryFiles(stdout, scrub) : new Map<string, string>();
    for (const [name, text] of sections) writeText(join(file, name), text);
    // What stopped PowerShell before its first line is worth keeping as it was printed.
    if (sections.size > 0) continue;
    writeText(`${file}.stdout`, command === 'reg-smbios' ? scrubSmbios(stdout) : scrub(stdout));
    if (stderr !== '') writeText(`${file}.stderr`, scrub(stderr));
    if (exitCode !== 0) writeText(`${file}.exit`, `${exitCode}\n`);
  }
}

function scrubFile(path: string, text: string, scrub: Scrub): string {
  // A host name may be too short to be replaced wherever it stands.
  if (path.endsWith('/hostname')) return 'host1.example.org\n';
  return path.startsWith('/proc/net/') ? scrub(scrubKernelTable(path, text, scrub)) : scrub(text);
}

function hostFile(head: RecordingHead, recording: Recording, links: ReadonlyMap<string, string>): object {
  const byPath = <Value>(entries: Iterable<readonly [string, Value]>) =>
    Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const times = [...recording.statuses].map(([path, { modifiedAtMs, createdAtMs }]) => {
    const createdAt = createdAtMs === undefined ? {} : { createdAt: new Date(createdAtMs).toISOString() };
    return [path, { modifiedAt: new Date(modifiedAtMs).toISOString(), ...createdAt }] as const;
  });
  const silent = [...recording.statuses].flatMap(([path, { kind }]) =>
    kind === 'socket' ? [[path, {}] as const] : [],
  );
  const answering = [...recording.sockets].map(([path, answers]) => [path, byPath(answers)] as const);
  const inventory = recording.commands.get('powershell-inventory');
  const [hangs] = inventory?.isCutShort === true ? parseInventory(inventory.stdout).unfinished : [];
  return {
    platform: head.platform,
    recordedAt: new Date(head.recordedAtMs).toISOString(),
    origin: 'captured',
    source: head.source,
    ...(hangs === undefined ? {} : { hangs }),
    status: byPath(times),
    links: byPath(links),
    denied: [...recording.denied].toSorted(),
    sockets: byPath([...silent, ...answering]),
  };
}

function resolveLinks(path: string, links: ReadonlyMap<string, string>): string {
  for (const [link, target] of links) {
    if (path !== link && !path.startsWith(`${link}/`)) continue;
    const absolute = target.startsWith('/') ? target : join(link, '..', target);
    return resolveLinks(absolute + path.slice(link.length), links);
  }
  return path;
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

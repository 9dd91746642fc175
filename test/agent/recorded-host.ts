import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandId } from '#agent/host/commands.ts';
import { COMMANDS } from '#agent/host/commands.ts';
import type { CommandResult, Host, PathStatus } from '#agent/host/host.ts';
import { createInventory, type Inventory } from '#agent/host/powershell/inventory.ts';
import { INVENTORY_SECTION_IDS, type InventorySectionId } from '#agent/host/powershell/inventory-section.ts';
import { PLATFORMS } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';

/**
 * `host.json` of a recorded machine. Beside it: `root/` with the files as they lie on the machine, and
 * `commands/<command id>.stdout` with optional `.stderr` and `.exit` (a number). No `.stdout`: the command is missing.
 * The PowerShell inventory of a Windows machine is a folder, `commands/powershell-inventory/`: `head.json` with its first
 * line, and `<section>.json` with `{"value": …}` or `{"failure": …}` for every section.
 */
const hostFile = z.strictObject({
  platform: z.enum(PLATFORMS),
  recordedAt: z.iso.datetime().describe('The instant the recorded machine believes in'),
  origin: z.enum(['captured', 'documented, not captured']),
  source: z.string().min(20).describe('Which machine, or which documents the text was built from'),
  status: z
    .record(z.string(), z.object({ modifiedAt: z.iso.datetime(), createdAt: z.iso.datetime().optional() }))
    .default({})
    .describe('Times of paths; git keeps none'),
  links: z.record(z.string(), z.string()).default({}).describe('Symbolic links: path to target as written'),
  hangs: z.enum(INVENTORY_SECTION_IDS).optional().describe('Section of the inventory that never ends'),
  denied: z.array(z.string()).default([]).describe('Paths the agent may not read'),
  sockets: z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('Local sockets: path to request to answer; a socket without answers takes no connection'),
});

const FIXTURES = join(import.meta.dirname, '../fixtures/hosts');

/** Names of all recorded machines, sorted. */
export function recordedHostNames(): string[] {
  return readdirSync(FIXTURES).toSorted();
}

type HostFile = z.infer<typeof hostFile>;

/** Opens a recorded machine as a {@link Host}; what was not recorded is absent, as on the machine. */
export function openRecordedHost(name: string): Host {
  return openRecordedHostWith(name, openRecordedInventory(name, INVENTORY_SECTION_IDS, false));
}

/** The same with an inventory that it shares with others. */
export function openRecordedHostWith(name: string, inventory: Inventory): Host {
  const folder = join(FIXTURES, name);
  const meta = readHostFile(folder);
  const rootFolder = join(folder, 'root');
  const inRoot = (path: string) => join(rootFolder, resolveLinks(path, meta.links));
  const refuseDenied = (path: string) => {
    if (meta.denied.includes(path)) throw new TramdoError('HOST_FILE_DENIED', `Cannot read "${path}": no permission`);
  };
  return {
    platform: meta.platform,
    async readText(path, options) {
      refuseDenied(path);
      const file = inRoot(path);
      return existsSync(file) ? readFileSync(file).subarray(0, options?.prefixBytes).toString('utf8') : undefined;
    },
    async listDir(path) {
      refuseDenied(path);
      const names = new Set(existsSync(inRoot(path)) ? readdirSync(inRoot(path)) : []);
      for (const link of Object.keys(meta.links)) {
        if (link.slice(0, link.lastIndexOf('/')) === path) names.add(link.slice(link.lastIndexOf('/') + 1));
      }
      names.delete('.gitkeep');
      return names.size === 0 && !existsSync(inRoot(path)) ? undefined : [...names].toSorted();
    },
    async stat(path) {
      return recordedStatus(path, meta, inRoot(path));
    },
    async run(command: CommandId): Promise<CommandResult> {
      if (COMMANDS[command].platform !== meta.platform) throw new TypeError(`"${command}" is not for ${meta.platform}`);
      return command === 'powershell-inventory' ? inventory.run() : recordedResult(folder, command);
    },
    async ask(socketPath, request) {
      return meta.sockets[socketPath]?.[request];
    },
    nowMs: () => Date.parse(meta.recordedAt),
    monotonicMs: () => 1_000,
  };
}

/** The PowerShell inventory of a recorded machine: a section that hangs there holds up one process, as on the machine. */
export function openRecordedInventory(
  name: string,
  sections: readonly InventorySectionId[],
  mayWait: boolean,
): Inventory {
  const folder = join(FIXTURES, name);
  const { hangs } = readHostFile(folder);
  const runScript = async (variables: Readonly<Record<string, string>>) => printInventory(folder, variables, hangs);
  return createInventory({ sections, mayWait, runScript });
}

function readHostFile(folder: string): HostFile {
  return hostFile.parse(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')));
}

function recordedResult(folder: string, command: CommandId): CommandResult {
  const file = join(folder, 'commands', command);
  if (!existsSync(`${file}.stdout`)) throw new TramdoError('COMMAND_MISSING', `Cannot run "${command}"`);
  const text = (ending: string) => (existsSync(file + ending) ? readFileSync(file + ending, 'utf8') : '');
  return { stdout: text('.stdout'), stderr: text('.stderr'), exitCode: Number(text('.exit') || '0') };
}

function printInventory(
  folder: string,
  variables: Readonly<Record<string, string>>,
  hangs: string | undefined,
): CommandResult {
  const read = (name: string): unknown => {
    const file = join(folder, 'commands/powershell-inventory', `${name}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  const head = z.object({ isOnBattery: z.boolean() }).loose().optional().parse(read('head'));
  if (head === undefined) return recordedResult(folder, 'powershell-inventory');
  const records: unknown[] = [head];
  const isPutOff = head.isOnBattery && variables['TRAMDO_MAY_WAIT'] === '1';
  for (const section of isPutOff ? [] : (variables['TRAMDO_SECTIONS'] ?? '').split(',')) {
    records.push({ begin: section });
    if (section === hangs) return { stdout: printLines(records), stderr: '', exitCode: -1, isCutShort: true };
    const outcome = z.looseObject({}).optional().parse(read(section)) ?? NOT_RECORDED;
    records.push({ section, ...outcome });
  }
  return { stdout: printLines([...records, { end: true }]), stderr: '', exitCode: 0 };
}

const NOT_RECORDED = { failure: { kind: 'missing', message: 'not recorded' } };

/** One line each, in ASCII, as frame-script.ts prints it. */
function printLines(records: readonly unknown[]): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const lines = records.map((one) => JSON.stringify(one).replace(/[^\x20-\x7e]/g, escaped));
  return `${lines.join('\r\n')}\r\n`;
}

function resolveLinks(path: string, links: Readonly<Record<string, string>>): string {
  for (const [link, target] of Object.entries(links)) {
    if (path !== link && !path.startsWith(`${link}/`)) continue;
    const absolute = target.startsWith('/') ? target : join(link, '..', target);
    return resolveLinks(absolute + path.slice(link.length), links);
  }
  return path;
}

function recordedStatus(path: string, meta: z.infer<typeof hostFile>, file: string): PathStatus | undefined {
  const times = meta.status[path];
  const modifiedAtMs = Date.parse(times?.modifiedAt ?? meta.recordedAt);
  const created = times?.createdAt === undefined ? {} : { createdAtMs: Date.parse(times.createdAt) };
  const linkTarget = meta.links[path];
  if (linkTarget !== undefined) return { kind: 'link', sizeBytes: 0, modifiedAtMs, ...created, linkTarget };
  if (meta.sockets[path] !== undefined) return { kind: 'socket', sizeBytes: 0, modifiedAtMs, ...created };
  if (existsSync(file)) {
    const status = statSync(file);
    const kind = status.isDirectory() ? 'directory' : 'file';
    return { kind, sizeBytes: status.size, modifiedAtMs, ...created };
  }
  return times === undefined ? undefined : { kind: 'other', sizeBytes: 0, modifiedAtMs, ...created };
}

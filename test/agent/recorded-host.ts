import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandId } from '#agent/host/commands.ts';
import { COMMANDS } from '#agent/host/commands.ts';
import type { CommandResult, Host, PathStatus } from '#agent/host/host.ts';
import { PLATFORMS } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';

/**
 * `host.json` of a recorded machine. Beside it: `root/` with the files as they lie on the machine, and
 * `commands/<command id>.stdout` with optional `.stderr` and `.exit` (a number). No `.stdout`: the command is missing.
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

/** Opens a recorded machine as a {@link Host}; what was not recorded is absent, as on the machine. */
export function openRecordedHost(name: string): Host {
  const folder = join(FIXTURES, name);
  const meta = hostFile.parse(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')));
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
      const file = join(folder, 'commands', command);
      if (!existsSync(`${file}.stdout`)) throw new TramdoError('COMMAND_MISSING', `Cannot run "${command}"`);
      const text = (ending: string) => (existsSync(file + ending) ? readFileSync(file + ending, 'utf8') : '');
      return { stdout: text('.stdout'), stderr: text('.stderr'), exitCode: Number(text('.exit') || '0') };
    },
    async ask(socketPath, request) {
      return meta.sockets[socketPath]?.[request];
    },
    nowMs: () => Date.parse(meta.recordedAt),
    monotonicMs: () => 1_000,
  };
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

import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { askSocket } from './ask-socket.ts';
import { COMMANDS } from './commands.ts';
import { currentPlatform } from './current-platform.ts';
import type { Host, PathStatus } from './host.ts';
import type { Inventory } from './powershell/inventory.ts';
import { INVENTORY_SECTION_IDS } from './powershell/inventory-section.ts';
import { createRealInventory } from './powershell/real-inventory.ts';
import { runCommand } from './run-command.ts';

/** Most a text file may hold unless the probe allows more, in bytes. */
const DEFAULT_MAX_BYTES = 1_048_576;

/** How a host looks. */
export interface RealHostOptions {
  /** Ends everything it is doing, for a probe's deadline; but not the inventory, which others wait for, too. */
  readonly signal?: AbortSignal;
  /** The PowerShell inventory it shares with others; without one it makes its own, of all sections, when asked. */
  readonly inventory?: Inventory;
}

/** The live machine as a {@link Host}. */
export function createRealHost({ signal, inventory: shared }: RealHostOptions = {}): Host {
  const inventory = shared ?? createRealInventory(INVENTORY_SECTION_IDS, false);
  return {
    platform: currentPlatform(),
    readText: (path, options) => readText(path, options ?? {}),
    listDir,
    stat,
    run: (command) => (command === 'powershell-inventory' ? inventory.run() : runCommand(COMMANDS[command], signal)),
    ask: (socketPath, request) => askSocket(socketPath, request, signal),
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
  };
}

async function readText(
  path: string,
  options: { readonly maxBytes?: number; readonly prefixBytes?: number },
): Promise<string | undefined> {
  const bound = options.prefixBytes ?? options.maxBytes ?? DEFAULT_MAX_BYTES;
  const bytes = await orAbsent(`Cannot read "${path}"`, async () => {
    // A FIFO in the place of a file must not hold the probe.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readUpTo(file, options.prefixBytes === undefined ? bound + 1 : bound);
    } finally {
      await file.close();
    }
  });
  if (bytes === undefined) return undefined;
  if (bytes.length > bound) {
    throw new TramdoError('OUTPUT_TOO_LARGE', `Cannot read "${path}" as it holds more than ${bound} bytes`);
  }
  return bytes.toString('utf8');
}

async function readUpTo(file: Awaited<ReturnType<typeof open>>, bound: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total < bound) {
    // Files of /proc and /sys say size 0 and give a page at a time: read until nothing comes.
    const chunk = Buffer.allocUnsafe(Math.min(65_536, bound - total));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    total += bytesRead;
  }
  return Buffer.concat(chunks);
}

async function listDir(path: string): Promise<readonly string[] | undefined> {
  const names = await orAbsent(`Cannot list "${path}"`, () => readdir(path));
  return names?.toSorted();
}

async function stat(path: string): Promise<PathStatus | undefined> {
  return orAbsent(`Cannot look at "${path}"`, async () => {
    const status = await lstat(path);
    const linkTarget = status.isSymbolicLink() ? await readlink(path) : undefined;
    return {
      kind: kindOf(status),
      sizeBytes: status.size,
      modifiedAtMs: Math.round(status.mtimeMs),
      ...(status.birthtimeMs > 0 ? { createdAtMs: Math.round(status.birthtimeMs) } : {}),
      ...(linkTarget === undefined ? {} : { linkTarget }),
    };
  });
}

function kindOf(status: Stats): PathStatus['kind'] {
  if (status.isFile()) return 'file';
  if (status.isDirectory()) return 'directory';
  if (status.isSocket()) return 'socket';
  return status.isSymbolicLink() ? 'link' : 'other';
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO']);

async function orAbsent<Value>(action: string, look: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await look();
  } catch (error) {
    const code = systemCodeOf(error) ?? messageOf(error);
    if (ABSENT.has(code)) return undefined;
    const denied = code === 'EACCES' || code === 'EPERM';
    throw new TramdoError(denied ? 'HOST_FILE_DENIED' : 'HOST_READ_FAILED', `${action}: ${code}`, { cause: error });
  }
}

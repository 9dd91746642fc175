import { randomInt } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCodeOf } from '#shared/errors.ts';
import type { PlaceStatus, ServiceMachine } from '../service/service-machine.ts';
import { currentPlatform } from './current-platform.ts';
import { readOwnFile, storageError } from './durable-file.ts';
import { runCommand } from './run-command.ts';
import { windowsProgram } from './windows-program.ts';

const OPEN_TO_OTHERS = 0o022;
const STICKY = 0o1000;

/** On Windows a file that a process of a moment ago had open takes a while to be free. */
const REMOVAL = { force: true, recursive: true, maxRetries: 10, retryDelay: 200 } as const;

/** The live machine as a {@link ServiceMachine}. */
export function createRealServiceMachine(): ServiceMachine {
  const platform = currentPlatform();
  return {
    platform,
    totalMemoryBytes: totalmem(),
    nowMs: () => Date.now(),
    wait: (ms) => delay(ms),
    chance: () => randomInt(1_000_000) / 1_000_000,
    isAdministrator: () => (platform === 'win32' ? mayLookIntoSystem() : process.getuid?.() === 0),
    run: (command) => runCommand(command, undefined),
    status: (path) => statusOf(path, platform === 'win32'),
    readText: readOwnFile,
    list: (path) => orStorageError(`Cannot list "${path}"`, () => listFolder(path)),
    write: (path, content, mode) => orStorageError(`Cannot write "${path}"`, () => replaceFile(path, content, mode)),
    makeFolder: (path) =>
      orStorageError(`Cannot make the folder "${path}"`, () => {
        mkdirSync(dirname(path), { recursive: true });
        mkdirSync(path, { mode: 0o700 });
      }),
    move: (from, to) => orStorageError(`Cannot move "${from}"`, () => renameSync(from, to)),
    remove: (path) => orStorageError(`Cannot remove "${path}"`, () => rmSync(path, REMOVAL)),
  };
}

/**
 * The hives of the registry lie in a folder that only administrators and the system may list; no program is started
 * and no translated text read. Where there is no such folder (not a real Windows) nothing speaks against it.
 */
function mayLookIntoSystem(): boolean {
  try {
    readdirSync(dirname(windowsProgram('config\\SAM', process.env)));
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT';
  }
}

function statusOf(path: string, isWindows: boolean): PlaceStatus | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other';
  // Rights of a link mean nothing.
  const hasMode = !isWindows && kind !== 'other';
  const isSticky = (status.mode & STICKY) !== 0 && kind === 'folder';
  return { kind, ownerId: status.uid, isOpenToOthers: hasMode && (status.mode & OPEN_TO_OTHERS) !== 0 && !isSticky };
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Beside it, synced and renamed over it: a service manager never reads half a file, or none after a power cut. */
function replaceFile(path: string, content: string | Buffer, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(dirname(path), '.tramdo-agent.draft');
  writeFileSync(draft, content, { mode, flush: true });
  // The umask may have taken rights away that a service manager needs.
  chmodSync(draft, mode);
  renameSync(draft, path);
}

function orStorageError<Result>(action: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw storageError(action, error);
  }
}

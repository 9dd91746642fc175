import { closeSync, openSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { systemCodeOf, TramdoError } from '#shared/errors.ts';
import { machineUptimeMs } from '../host/clock.ts';
import { readOwnFile, removePath, storageError } from '../host/durable-file.ts';

/** Age at which a lock is left over from a run that died, in milliseconds; no run lasts as long. */
const STALE_MS = 900_000;

/**
 * Takes a lock file, so that two runs never write the same state.
 *
 * The holder is named by its process id; a lock whose holder is gone, that is older than 15 minutes, or that was made
 * before the machine last started, is taken over.
 *
 * @returns what gives the lock back
 * @throws {TramdoError} STATE_LOCKED
 */
export function takeLock(path: string, nowMs: number): () => void {
  for (const isLastTry of [false, true]) {
    if (tryCreate(path, nowMs)) return () => removePath(path);
    const holder = readHolder(path);
    if (isLastTry || (holder !== undefined && isHeld(holder, nowMs))) {
      const who = holder === undefined ? 'another run' : `process ${holder.pid}`;
      throw new TramdoError('STATE_LOCKED', `Cannot use the state folder as ${who} is at work: try again in a minute`);
    }
    removePath(path);
  }
  throw new TypeError('Cannot end the loop without a lock or an error');
}

/** Who took a lock, and when. */
export interface Holder {
  readonly pid: number;
  /** By the machine's clock. */
  readonly atMs: number;
  /** By the machine's uptime, which no setting of the clock changes; absent in files of others. */
  readonly uptimeMs?: number;
}

/** This process as a holder, as JSON. */
export function holderText(nowMs: number): string {
  return JSON.stringify({ pid: process.pid, atMs: nowMs, uptimeMs: machineUptimeMs() });
}

function tryCreate(path: string, nowMs: number): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, holderText(nowMs));
    } catch (error) {
      // On a full disk the file can be made and not be written: one without a holder must not stay behind.
      removePath(path);
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw storageError(`Cannot make the lock "${path}"`, error);
  }
}

/** Who took the lock; undefined when nobody did or the file is damaged. */
export function readHolder(path: string): Holder | undefined {
  const text = readOwnFile(path);
  const [, pid, atMs, uptimeMs] = /"pid":([0-9]+),"atMs":([0-9]+)(?:,"uptimeMs":([0-9]+))?/.exec(text ?? '') ?? [];
  if (pid === undefined || atMs === undefined) return undefined;
  const holder = { pid: Number(pid), atMs: Number(atMs) };
  return uptimeMs === undefined ? holder : { ...holder, uptimeMs: Number(uptimeMs) };
}

function isHeld(holder: Holder, nowMs: number): boolean {
  const { atMs, uptimeMs } = holder;
  const ageMs = uptimeMs === undefined ? Math.abs(nowMs - atMs) : machineUptimeMs() - uptimeMs;
  return isAlive(holder, nowMs) && ageMs < STALE_MS;
}

/**
 * Tells whether the process that noted its id still runs, and is not another one that got the number after a restart
 * of the machine: an uptime that is ahead of the machine's own is one of before.
 */
export function isAlive({ pid, atMs, uptimeMs }: Holder, nowMs: number): boolean {
  const isOfThisStart = uptimeMs === undefined ? atMs >= nowMs - uptime() * 1_000 : uptimeMs <= machineUptimeMs();
  return isOfThisStart && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}
